import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createCacheUpdater } from '../../renderer/api/live-cache.ts'
import { orpc } from '../../renderer/api/queries.ts'

/** A screen that shows the number of clients; each answer arrives when the test resolves it. */
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

test('a first answer that was pending during an event is requested again', async () => {
  const cache = new QueryClient()
  const { answers, shown } = countOnScreen(cache)
  createCacheUpdater(cache).changed('clients')
  answers[0]?.(0)
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]?.(1)
  await vi.waitFor(() => expect(shown()).toBe(1))
})

test('a later answer that was pending during an event is replaced by a new one', async () => {
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

test('without an event an answer is requested once', async () => {
  const cache = new QueryClient()
  const { answers, shown } = countOnScreen(cache)
  createCacheUpdater(cache).changed('settings')
  answers[0]?.(3)
  await vi.waitFor(() => expect(shown()).toBe(3))
  expect(answers).toHaveLength(1)
})
