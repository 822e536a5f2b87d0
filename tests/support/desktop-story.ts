/**
 * Runs the built main process as it is, in plain Node over the stand-in for Electron, and lives a short story through its
 * window's port: import, send, quit. `node desktop-story.ts OUT`; prints what happened as one line of JSON.
 */
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#shared/contract/index.ts'
import { portWantedChannel } from '#shared/desktop-bridge.ts'
import { runMainProcess, standIn } from './electron-stand-in-module.ts'
import { StandInFrame } from './electron-stand-in-ports.ts'

const exited = new Promise<number>((resolve) => standIn.app.once('exited', resolve))
const windowOpened = new Promise<void>((resolve) => standIn.app.once('web-contents-created', () => resolve()))
const ended = exited.then((code) => Promise.reject(new Error(standIn.errorBoxes[0]?.content ?? `exit code ${code}`)))
ended.catch(() => undefined)

await runMainProcess(process.argv[2] ?? '')
await Promise.race([windowOpened, ended])
const page = new StandInFrame('herald://console')
standIn.ipcMain.emit(portWantedChannel, { senderFrame: page })
const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: page.port }))

const csv = new File(['phone;tag\n+7 900 000-00-01;vip\n79000000002;vip\nnobody;vip\n'], 'clients.csv')
let report: unknown
const refusals: unknown[] = []
for await (const event of await Promise.race([client.clients.import({ csv }), ended])) {
  if (event.kind === 'refusals') refusals.push(...event.refusals)
  if (event.kind === 'report') report = { ...event.report, refusals }
}
await client.gateway.update({ token: 'eyJhbGciOiJub25lIn0.e30.story' })
const news = await client.progress.live()
const { id } = await client.deliveries.create({ text: 'Hello from the built program' })
let delivery = await client.deliveries.get({ id })
while (delivery.status !== 'completed') {
  await news.next()
  delivery = await client.deliveries.get({ id })
}
const { hasToken } = await client.gateway.get()

// The main process hears of the end by itself, through its own ear on the engine.
while (standIn.notices.length === 0) await new Promise((resolve) => setImmediate(resolve))
const notices = standIn.notices.map(({ title, body }) => ({ title, body }))

page.port.close()
standIn.app.quit()
const exitCode = await exited
process.stdout.write(
  `${JSON.stringify({ report, delivery, hasToken, notices, exitCode, windows: standIn.windows.length })}\n`,
)
process.exit(0)
