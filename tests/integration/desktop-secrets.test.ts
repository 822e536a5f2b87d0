import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { expect, it, onTestFinished } from 'vitest'
import { keyringSecretBox } from '#electron/desktop/secret-box.ts'
import { openEngine } from '#electron/engine.ts'
import { keyFileBox } from '#electron/key-file.ts'
import { standInKeyring } from '#tests/support/electron-stand-in-system.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'

/** One data directory, opened by one door after the other. */
async function directory() {
  const dataDir = await mkdtemp(join(tmpdir(), 'herald-secrets-'))
  onTestFinished(() => removeFolder(dataDir))
  return async (keyring: ReturnType<typeof standInKeyring> | null) => {
    const engine = await openEngine({
      dataDir,
      door: keyring === null ? 'web' : 'desktop',
      ...(keyring === null ? {} : { secrets: keyringSecretBox(keyring, () => keyFileBox(dataDir)) }),
    })
    onTestFinished(engine.close)
    return { client: createRouterClient(engine.api), close: engine.close }
  }
}

it('a token stored through the keyring is there after a restart', async () => {
  const open = await directory()
  const keyring = standInKeyring(() => true)
  const first = await open(keyring)
  await first.client.gateway.update({ token: 'secret' })
  await first.close()

  const second = await open(keyring)

  expect(await second.client.gateway.get()).toMatchObject({ hasToken: true })
})

it('the program opens while the keyring is locked, and shows that the token is missing', async () => {
  const open = await directory()
  let unlocked = true
  const keyring = standInKeyring(() => unlocked)
  const first = await open(keyring)
  await first.client.gateway.update({ token: 'secret' })
  await first.close()
  unlocked = false

  const second = await open(keyring)

  expect(await second.client.gateway.get()).toMatchObject({ hasToken: false })
})

it("a token of the desktop app's keyring does not keep the web door shut, nor the other way round", async () => {
  const open = await directory()
  const keyring = standInKeyring(() => true)
  for (const [writer, reader] of [
    [keyring, null],
    [null, keyring],
  ] as const) {
    const first = await open(writer)
    await first.client.gateway.update({ token: 'secret' })
    await first.close()

    const second = await open(reader)
    expect(await second.client.gateway.get()).toMatchObject({ hasToken: false })
    await second.close()
  }
})

it('without a keyring a token is refused, with the remedy in words', async () => {
  const open = await directory()
  const { client } = await open(standInKeyring(() => false))

  await expect(client.gateway.update({ token: 'secret' })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { field: 'token', reason: expect.stringContaining('HERALD_GATEWAY_TOKEN') },
  })
})

it('without a keyring a token is refused until the operator says that a key file will do, and is then there after a restart', async () => {
  const open = await directory()
  const none = standInKeyring(() => false)
  const first = await open(none)
  await expect(first.client.gateway.update({ token: 'secret' })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { field: 'token', reason: expect.stringContaining('no keyring') },
  })
  await first.client.gateway.update({ token: 'secret', keyFile: true })
  await first.close()

  const second = await open(none)
  expect(await second.client.gateway.get()).toMatchObject({ hasToken: true })
})
