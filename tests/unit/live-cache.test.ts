import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createCacheUpdater } from '../../renderer/api/live-cache.ts'
import { orpc } from '../../renderer/api/queries.ts'

/** Something on the screen that shows how many clients there are; each answer comes when the test lets it. */
function countOnScreen(cache: QueryClient) {
  const answers: ((count: number) => void)[] = []
  const observer = new QueryObserver(cache, {
    queryKey: orpc.clients.list.key(),
    queryFn: () => new Promise<number>((resolve) => answers.push(resolve)),
    staleTime: 10_000,
  })
  onTestFinished(observer.subscribe(() => undefined))
  return { answers, shown: () => observer.getCurrentResult().data }
}

test('a first answer that was under way when the news came is asked for again', async () => {
  const cache = new QueryClient()
  const { answers, shown } = countOnScreen(cache)
  createCacheUpdater(cache).changed('clients')
  answers[0]?.(0)
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]?.(1)
  await vi.waitFor(() => expect(shown()).toBe(1))
})

test('a later answer that was under way when the news came is dropped for a new one', async () => {
  const cache = new QueryClient()
  const { answers, shown } = countOnScreen(cache)
  answers[0]?.(0)
  await vi.waitFor(() => expect(shown()).toBe(0))
  void cache.invalidateQueries()
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  createCacheUpdater(cache).changed('clients')
  await vi.waitFor(() => expect(answers).toHaveLength(3))
  answers[1]?.(1)
  answers[2]?.(2)
  await vi.waitFor(() => expect(shown()).toBe(2))
})

test('without news an answer is asked for once', async () => {
  const cache = new QueryClient()
  const { answers, shown } = countOnScreen(cache)
  createCacheUpdater(cache).changed('settings')
  answers[0]?.(3)
  await vi.waitFor(() => expect(shown()).toBe(3))
  expect(answers).toHaveLength(1)
})
