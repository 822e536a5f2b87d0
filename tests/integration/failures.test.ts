import { describe, expect, it } from 'vitest'
import { addClient } from '#tests/support/factories.ts'
import { storeApi } from '#tests/support/store-api.ts'
import { openTestStore } from '#tests/support/test-store.ts'

describe('an unexpected error', () => {
  it.each([
    ['a row that cannot be read', '{"city": Omsk', /SyntaxError/],
    ['an answer that the contract forbids', '{"age": 5}', /Output validation failed.*caused by/s],
  ])('(%s) leaves as an id, with the story in the log', async (_what, attributes, story) => {
    const store = await openTestStore()
    const { client, logged } = storeApi(store)
    const { id } = await addClient(store, { phone: '79001234567' })
    await store.sql.run('UPDATE clients SET attributes = ? WHERE id = ?', [attributes, id])

    const failure = await client.clients.get({ id }).catch((error: unknown) => error)

    expect(failure).toMatchObject({
      code: 'INTERNAL',
      status: 500,
      defined: true,
      message: 'Something went wrong inside the program',
    })
    const { data } = failure as { data: { id: string } }
    expect(Object.keys(data)).toEqual(['id'])
    expect(logged).toHaveLength(1)
    expect(logged[0]).toMatch(new RegExp(`^error=${data.id} clients\\.get: `))
    expect(logged[0]).toMatch(story)
  })
})
