import { ORPCError } from '@orpc/client'
import { createRouterClient, os } from '@orpc/server'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { describeIssue, reportInvalidInput } from '#electron/api/validation-errors.ts'

const schema = z.strictObject({
  name: z.string('must be a name'),
  age: z.number(),
  kind: z.enum(['one', 'two']).optional(),
  tags: z.array(z.string()).optional(),
  inner: z.strictObject({ from: z.string() }).optional(),
  code: z.union([z.string(), z.number()]).optional(),
  short: z.string().max(3, 'must be short').optional(),
})

test.each([
  [{ name: 'a' }, 'age', 'is required'],
  [{ name: 'a', age: 'x' }, 'age', 'must be a number'],
  [{ age: 1 }, 'name', 'must be a name'],
  [{ name: 'a', age: 1, kind: 'three' }, 'kind', 'must be one of: one, two'],
  [{ name: 'a', age: 1, tags: 'x' }, 'tags', 'must be a list'],
  [{ name: 'a', age: 1, tags: ['x', 1] }, 'tags.1', 'must be text'],
  [{ name: 'a', age: 1, inner: { from: 'x', to: 'y' } }, 'inner.to', 'is not a known field'],
  [{ name: 'a', age: 1, colour: 'red' }, 'colour', 'is not a known field'],
  [{ name: 'a', age: 1, code: true }, 'code', 'must be text'],
  [{ name: 'a', age: 1, short: 'long' }, 'short', 'must be short'],
  ['text', '', 'must be an object'],
])('%j is told as "%s: %s"', (input, path, message) => {
  const issues = schema.safeParse(input).error?.issues ?? []
  expect(issues.flatMap((issue) => describeIssue(issue))).toContainEqual({ path, message })
})

test('a refused input leaves as VALIDATION, with every reason in its message', async () => {
  const router = { save: os.input(schema).handler(() => 'saved') }
  const client = createRouterClient(router, { interceptors: [reportInvalidInput] })
  await expect(client.save({ name: 'a', age: 1 })).resolves.toBe('saved')
  const bad = { name: 1, colour: 'red' } as never
  await expect(client.save(bad)).rejects.toMatchObject({
    code: 'VALIDATION',
    status: 400,
    message: 'name: must be a name; age: is required; colour: is not a known field',
    data: { issues: expect.arrayContaining([{ path: 'age', message: 'is required' }]) },
  })
})

test('every other error passes as it is', async () => {
  const thrown = new ORPCError('BAD_REQUEST', { message: 'malformed' })
  const router = {
    fail: os.handler(() => {
      throw thrown
    }),
  }
  const client = createRouterClient(router, { interceptors: [reportInvalidInput] })
  await expect(client.fail()).rejects.toBe(thrown)
})
