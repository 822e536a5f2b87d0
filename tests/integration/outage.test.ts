import { expect, test } from 'vitest'
import { addClients, addStartedDelivery } from '#tests/support/factories.ts'
import { accepted, eventually, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { hour, messagesIn, minute, now, openAt, whenStatus } from '#tests/support/moved-clock.ts'
import { startSender, type TestSender } from '#tests/support/sender.ts'

const concurrency = 8
/** As the domain has them: 5 s, doubling to 2 min. */
const maxPauseMs = 2 * minute

async function onItsWay(messages: number, options: Partial<Parameters<typeof startSender>[0]> = {}) {
  const { clock, store } = await openAt()
  const gateway = await openFakeGateway()
  await addClients(store, messages)
  const id = await addStartedDelivery(store, { endsAt: now + 24 * hour })
  const start = () =>
    // The jitter is the longest there is, so that no message is tried again before the clock is moved.
    startSender({ store, gateway, clock, monotonic: clock.now, random: () => 0.999, concurrency, ...options })
  const attempts = (where: string) =>
    store.sql.first<{ count: number }>(`SELECT count(*) AS count FROM attempts WHERE ${where}`)
  return { clock, store, gateway, id, start, attempts }
}

function lastChannel(sender: TestSender) {
  return sender.reports.flatMap((report) => (report.type === 'channel' ? [report.channel] : [])).at(-1)
}

test('an hour without the gateway costs no message an attempt, and sending resumes within one pause of its return', async () => {
  const { clock, store, gateway, id, start, attempts } = await onItsWay(200)
  await gateway.goDown()
  const sender = await start()
  await eventually(() => expect(lastChannel(sender)).toMatchObject({ status: 'down' }))

  let probes = 0
  const begun = clock.now()
  while (clock.now() < begun + hour) {
    const { nextProbeAt } = lastChannel(sender) ?? {}
    const waitMs = Date.parse(nextProbeAt ?? '') - clock.now()
    expect(waitMs).toBeGreaterThan(0)
    expect(waitMs).toBeLessThanOrEqual(maxPauseMs)
    // Not a moment before it is due does a probe go out.
    clock.advance(waitMs - 1)
    sender.wake()
    clock.advance(1)
    sender.wake()
    await eventually(() => expect(lastChannel(sender)?.nextProbeAt).not.toBe(nextProbeAt))
    probes += 1
  }
  // 5, 10, 20, 40, 80 s, and two minutes each from then on.
  expect(probes).toBeGreaterThan(30)
  expect(probes).toBeLessThan(40)

  // Not one attempt is used up: neither by the failures that opened the circuit, nor by the probes.
  await eventually(async () =>
    expect(await messagesIn(store, id)).toEqual(
      Array(200).fill(expect.objectContaining({ status: 'queued', attempts: 0 })),
    ),
  )
  expect(await attempts('counted = 1')).toEqual({ count: 0 })
  const made = (await attempts('1'))?.count ?? 0
  expect(made).toBeGreaterThanOrEqual(20 + probes)
  expect(made).toBeLessThanOrEqual(20 + concurrency + probes)

  await gateway.comeUp()
  const recovered = clock.now()
  const { nextProbeAt } = lastChannel(sender) ?? {}
  clock.advance(Date.parse(nextProbeAt ?? '') - clock.now())
  sender.wake()
  // From the first answer on everything goes out, with the clock standing still.
  await whenStatus(store, id, 'completed')
  expect(clock.now() - recovered).toBeLessThanOrEqual(maxPauseMs)
  expect(lastChannel(sender)).toMatchObject({ status: 'open' })
  expect(gateway.requests).toHaveLength(200)
  expect(await messagesIn(store, id)).toEqual(Array(200).fill(expect.objectContaining({ status: 'sent', attempts: 1 })))
})

test('a message with one attempt left when the gateway went down still has it afterwards', async () => {
  const { clock, store, gateway, id, start } = await onItsWay(30)
  await store.sql.run('UPDATE messages SET attempts = 9')
  await gateway.goDown()
  const sender = await start()
  await eventually(() => expect(lastChannel(sender)).toMatchObject({ status: 'down' }))

  await eventually(async () =>
    expect(await messagesIn(store, id)).toEqual(
      Array(30).fill(expect.objectContaining({ status: 'queued', attempts: 9 })),
    ),
  )
  const revived = await store.sql.all(`SELECT DISTINCT messageId FROM activity WHERE facts ->> 'because' = 'outage'`)
  expect(revived.length).toBeGreaterThan(0)

  await gateway.comeUp()
  clock.advance(maxPauseMs)
  sender.wake()
  await whenStatus(store, id, 'completed')
  expect(await messagesIn(store, id)).toEqual(Array(30).fill(expect.objectContaining({ status: 'sent', attempts: 10 })))
})

test('a delivery whose last messages failed with the gateway runs again', async () => {
  const { clock, store, gateway, id, start } = await onItsWay(20, { concurrency: 20 })
  await store.sql.run('UPDATE messages SET attempts = 9')
  await gateway.goDown()
  const sender = await start()
  await eventually(() => expect(lastChannel(sender)).toMatchObject({ status: 'down' }))

  await eventually(async () =>
    expect(await messagesIn(store, id)).toEqual(Array(20).fill(expect.objectContaining({ status: 'queued' }))),
  )
  await gateway.comeUp()
  clock.advance(maxPauseMs)
  sender.wake()
  await whenStatus(store, id, 'completed')
  expect(gateway.requests).toHaveLength(20)
})

test('one message that fails while others do not uses up its own attempts', async () => {
  const { clock, store, gateway, id, start, attempts } = await onItsWay(3)
  gateway.answer(({ phone }) => (phone % 10 === 1 ? 'reset' : accepted))
  const sender = await start()
  for (let minutes = 0; minutes < 60; minutes += 5) {
    const made = (await attempts(`errorCode = 'connection'`))?.count ?? 0
    clock.advance(5 * minute)
    sender.wake()
    if (made < 10)
      await eventually(async () => expect((await attempts(`errorCode = 'connection'`))?.count).toBeGreaterThan(made))
  }
  await whenStatus(store, id, 'completed')
  expect(await messagesIn(store, id)).toMatchObject([
    { status: 'sent', attempts: 1 },
    { status: 'failed', attempts: 10, errorCode: 'connection' },
    { status: 'sent', attempts: 1 },
  ])
})
