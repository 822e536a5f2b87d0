import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { expect, it, onTestFinished } from 'vitest'
import { keyFileBox } from '#electron/base/key-file.ts'
import { keyringSecretBox } from '#electron/desktop/security/keyring.ts'
import { openEngine } from '#electron/engine.ts'
import { standInKeyring } from '#tests/support/electron-stand-in-system.ts'
import { openFakeGateway } from '#tests/support/fake-gateway.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'

/** One data directory, opened by one host after the other. */
async function directory() {
  const dataDir = await mkdtemp(join(tmpdir(), 'herald-secrets-'))
  onTestFinished(() => removeFolder(dataDir))
  return async (keyring: ReturnType<typeof standInKeyring> | null) => {
    const engine = await openEngine({
      dataDir,
      host: keyring === null ? 'web' : 'desktop',
      ...(keyring === null ? {} : { secrets: keyringSecretBox(keyring, 'linux', () => keyFileBox(dataDir)) }),
    })
    onTestFinished(engine.close)
    const store = () => readFile(join(dataDir, 'herald.db'), 'latin1')
    return { client: createRouterClient(engine.api), close: engine.close, store }
  }
}

it('a token stored through the keyring survives a restart', async () => {
  const open = await directory()
  const keyring = standInKeyring(() => true)
  const first = await open(keyring)
  await first.client.gateway.update({ token: 'secret' })
  await first.close()
  expect(await first.store()).toContain('keyring:')

  const second = await open(keyring)

  expect(await second.client.gateway.get()).toMatchObject({ hasToken: true })
})

it('the program opens with a locked keyring, and reports that the token is missing', async () => {
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

it("a token of the desktop's keyring does not stop the web host, nor the reverse", async () => {
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

it('without a keyring a token is refused with advice, and nothing of the change is stored', async () => {
  const open = await directory()
  const { client, close, store } = await open(standInKeyring(() => false))

  await expect(client.gateway.update({ token: 'secret', concurrency: 7 })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { field: 'token', reason: expect.stringContaining('HERALD_GATEWAY_TOKEN') },
  })

  expect(await client.gateway.get()).toMatchObject({ hasToken: false, concurrency: 32 })
  await close()
  expect(await store()).not.toMatch(/sealedToken|keyring:|keyfile:/)
})

it('a refused token keeps the stored one', async () => {
  const gateway = await openFakeGateway()
  const open = await directory()
  let isThere = true
  const keyring = standInKeyring(() => isThere)
  const first = await open(keyring)
  await first.client.gateway.update({ token: 'secret' })
  isThere = false
  await expect(first.client.gateway.update({ token: 'other' })).rejects.toMatchObject({ code: 'CONFLICT' })
  await first.close()
  isThere = true

  const second = await open(keyring)

  await second.client.gateway.test({ kind: 'http', url: gateway.url })
  expect(gateway.requests.map(({ authorization }) => authorization)).toEqual(['Bearer secret'])
})

it('while the keyring asks for its password other changes are stored, and gateway changes keep their order', async () => {
  const open = await directory()
  const keyring = standInKeyring(() => true)
  const asked = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  const { client } = await open({
    ...keyring,
    async encryptStringAsync(plain) {
      asked.resolve()
      await answered.promise
      return keyring.encryptStringAsync(plain)
    },
  })

  const changes = [
    client.gateway.update({ token: 'secret', concurrency: 5 }),
    client.gateway.update({ concurrency: 7 }),
    client.gateway.update({ token: '' }),
    client.gateway.update({ token: 'newest', timeoutMs: 777 }),
  ]
  await asked.promise
  await client.segments.create({ name: 'Meanwhile', filter: {} })
  expect(await client.gateway.get()).toMatchObject({ hasToken: false, concurrency: 32 })
  answered.resolve()
  await Promise.all(changes)

  expect(await client.gateway.get()).toMatchObject({ hasToken: true, concurrency: 7, timeoutMs: 777 })
})

it('a token can be tested without a keyring, and is not stored', async () => {
  const gateway = await openFakeGateway()
  const open = await directory()
  const { client, close, store } = await open(standInKeyring(() => false))

  expect(await client.gateway.test({ kind: 'http', url: gateway.url, token: 'secret' })).toMatchObject({ ok: true })

  expect(gateway.requests.map(({ authorization }) => authorization)).toEqual(['Bearer secret'])
  await close()
  expect(await store()).not.toContain('sealedToken')
})

it('without a keyring a token is refused until the user allows a key file, and then survives a restart', async () => {
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
