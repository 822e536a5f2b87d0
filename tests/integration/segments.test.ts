import { expect, test } from 'vitest'
import { openTestEngine } from '#tests/support/engine.ts'
import { phoneNumber } from '#tests/support/factories.ts'
import { eventually } from '#tests/support/fake-gateway.ts'

const filter = {
  match: 'all' as const,
  tags: ['vip'],
  operatorCodes: [],
  timeZones: [],
  languages: [],
  excludeTags: ['test'],
}

test('a segment is kept by its name, which it has alone', async () => {
  const { client, heard } = await openTestEngine(null)
  const listening = client.progress.live()
  const regulars = await client.segments.create({ name: ' Regulars ', filter })
  expect(regulars).toMatchObject({ id: 1, name: 'Regulars', filter })
  await expect(client.segments.create({ name: 'Regulars' })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { field: 'name' },
  })
  const all = await client.segments.create({ name: 'all' })
  expect(all.filter.tags).toEqual([])
  expect((await client.segments.list()).map(({ name }) => name)).toEqual(['all', 'Regulars'])
  await expect(client.segments.page({ limit: 1 })).resolves.toMatchObject({
    count: 2,
    next: '?limit=1&offset=1',
    results: [{ name: 'all' }],
  })
  await expect(client.segments.update({ id: all.id, name: 'Regulars' })).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(client.segments.update({ id: all.id, name: 'Everybody' })).resolves.toMatchObject({ name: 'Everybody' })
  await expect(
    client.segments.update({ id: 1, name: 'Regulars', filter: { ...filter, tags: ['a'] } }),
  ).resolves.toMatchObject({
    filter: { tags: ['a'] },
  })
  await expect(client.segments.create({ name: '' })).rejects.toThrow('Input validation failed')
  await client.segments.delete({ id: 1 })
  await expect(client.segments.get({ id: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(client.segments.delete({ id: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await eventually(async () => expect(heard).toContainEqual({ type: 'changed', entity: 'segments' }))
  await listening.then((stream) => stream.return?.(undefined))
  const { items } = await client.journal.list({})
  expect(items.map(({ segment, status, edited }) => [segment, status, edited])).toEqual([
    ['Regulars', 'deleted', []],
    ['Regulars', null, ['filter']],
    ['all', null, ['name']],
    ['all', 'created', []],
    ['Regulars', 'created', []],
  ])
})

test('a delivery keeps the segment’s filter when the segment changes or is deleted', async () => {
  const { client } = await openTestEngine(null)
  await client.clients.create({ phone: phoneNumber(1), tags: ['vip'] })
  const { id, filter: taken } = await client.segments.create({ name: 'Regulars', filter })
  const delivery = await client.deliveries.create({
    text: 'Hello',
    filter: taken,
    startsAt: '2030-01-01T00:00:00Z',
    endsAt: '2030-01-02T00:00:00Z',
  })
  await client.segments.update({ id, filter: { ...filter, tags: ['nobody'] } })
  await client.segments.delete({ id })
  await expect(client.deliveries.get({ id: delivery.id })).resolves.toMatchObject({ filter: { tags: ['vip'] } })
})
