import { ORPCError } from '@orpc/client'
import { createRouterClient, os } from '@orpc/server'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { reportInvalidInput } from '#electron/api/validation-errors.ts'
import { failsWith } from '#shared/errors/issue.ts'
import { issuesWith } from '#tests/support/issues.ts'

const schema = z.strictObject({
  name: z.string(failsWith('phone_format')),
  age: z.number(),
  kind: z.enum(['one', 'two']).optional(),
  tags: z.array(z.string()).optional(),
  inner: z.strictObject({ from: z.string() }).optional(),
  code: z.union([z.string(), z.number()]).optional(),
  short: z.string().max(3, failsWith('tag_too_long')).optional(),
  id: z.coerce.number().int().positive().optional(),
  share: z.number().min(0).max(1).lt(0.9).optional(),
  title: z.string().min(2).max(4).optional(),
  filled: z.string().min(1).optional(),
  few: z.array(z.string()).min(1).max(2).optional(),
  attributes: z.record(z.string().trim().min(1).max(5), z.string()).optional(),
  code3: z
    .string()
    .regex(/^\d{3}$/)
    .optional(),
  mail: z.email().optional(),
  even: z.number().multipleOf(2).optional(),
  odd: z
    .any()
    .refine((value) => value !== 2)
    .optional(),
})

test.each([
  [{ name: 'a' }, 'age', 'is required'],
  [{ name: 'a', age: 'x' }, 'age', 'must be a number'],
  [{ age: 1 }, 'name', 'must be a phone number'],
  [{ name: 'a', age: 1, kind: 'three' }, 'kind', 'must be one of: one, two'],
  [{ name: 'a', age: 1, tags: 'x' }, 'tags', 'must be a list'],
  [{ name: 'a', age: 1, tags: ['x', 1] }, 'tags.1', 'must be text'],
  [{ name: 'a', age: 1, inner: { from: 'x', to: 'y' } }, 'inner.to', 'is not a known field'],
  [{ name: 'a', age: 1, colour: 'red' }, 'colour', 'is not a known field'],
  [{ name: 'a', age: 1, code: true }, 'code', 'must be text'],
  [{ name: 'a', age: 1, short: 'long' }, 'short', 'a tag has at most 3 characters'],
  ['text', '', 'must be an object'],
  [{ id: 0 }, 'id', 'must be more than 0'],
  [{ id: 2 ** 54 }, 'id', 'must be at most 9007199254740991'],
  [{ share: -1 }, 'share', 'must be at least 0'],
  [{ share: 2 }, 'share', 'must be at most 1'],
  [{ share: 0.95 }, 'share', 'must be less than 0.9'],
  [{ title: 'a' }, 'title', 'must have at least 2 characters'],
  [{ title: 'abcde' }, 'title', 'must have at most 4 characters'],
  [{ filled: '' }, 'filled', 'must not be empty'],
  [{ few: [] }, 'few', 'must not be empty'],
  [{ few: ['a', 'b', 'c'] }, 'few', 'must have at most 2 entries'],
  [{ attributes: { ' ': 'x' } }, 'attributes', 'the name " " must not be empty'],
  [{ attributes: { balance: 'x' } }, 'attributes', 'the name "balance" must have at most 5 characters'],
  [{ code3: '12' }, 'code3', 'does not have the right form'],
  [{ mail: 'me' }, 'mail', 'is not a valid email'],
  [{ even: 3 }, 'even', 'must be a multiple of 2'],
  [{ odd: 2 }, 'odd', 'is not valid'],
])('%j is told as "%s: %s"', (input, path, message) => {
  expect(issuesWith(schema, input)).toContainEqual(`${path}: ${message}`)
})

test('a refused input leaves as VALIDATION, with every reason in its message', async () => {
  const router = { save: os.input(schema).handler(() => 'saved') }
  const client = createRouterClient(router, { interceptors: [reportInvalidInput] })
  await expect(client.save({ name: 'a', age: 1 })).resolves.toBe('saved')
  const bad = { name: 1, colour: 'red' } as never
  await expect(client.save(bad)).rejects.toMatchObject({
    code: 'VALIDATION',
    status: 400,
    message: 'name: must be a phone number; age: is required; colour: is not a known field',
    data: { issues: expect.arrayContaining([{ path: 'age', code: 'required', params: {}, message: 'is required' }]) },
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
