import { expect, test } from 'vitest'
import { openTestEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/fake-gateway.ts'

test('a template is created, replaced and deleted under its name, and the journal records each', async () => {
  const { client, heard } = await openTestEngine(null)
  const listening = client.progress.live()

  const kept = await client.templates.keep({ name: ' Bills ', text: 'Your bill is ready' })
  await client.templates.keep({ name: 'actions', text: 'Act now' })
  const replaced = await client.templates.keep({ name: 'Bills', text: 'Your bill, {{ name }}' })

  expect(kept).toMatchObject({ name: 'Bills', text: 'Your bill is ready' })
  expect(replaced.id).toBe(kept.id)
  expect((await client.templates.list()).map(({ name, text }) => [name, text])).toEqual([
    ['actions', 'Act now'],
    ['Bills', 'Your bill, {{ name }}'],
  ])
  await client.templates.delete({ id: kept.id })
  expect(await client.templates.list()).toHaveLength(1)
  await expect(client.templates.delete({ id: kept.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await eventually(async () => expect(heard).toContainEqual({ type: 'changed', entity: 'templates' }))
  await listening.then((stream) => stream.return?.(undefined))
  const { items } = await client.journal.list({})
  expect(
    items.map(({ template, status, edited, changes }) => [template, status ?? edited[0], changes[0]?.before]),
  ).toEqual([
    ['Bills', 'deleted', 'Your bill, {{ name }}'],
    ['Bills', 'text', 'Your bill is ready'],
    ['actions', 'created', null],
    ['Bills', 'created', null],
  ])
})

test.each([
  [{ name: ' ', text: 'a' }, 'name'],
  [{ name: 'a', text: ' \n' }, 'text'],
  [{ name: 'n'.repeat(201), text: 'a' }, 'name'],
])('%j is refused at %s', async (input, path) => {
  const { client } = await openTestEngine(null)
  await expect(client.templates.keep(input)).rejects.toMatchObject({ data: { issues: [{ path: [path] }] } })
  expect(await client.templates.list()).toEqual([])
})
