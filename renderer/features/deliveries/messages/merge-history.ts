import type { ActivityEntry } from '#shared/contract/activity.ts'
import type { Attempt, MessageStory } from '#shared/contract/messages.ts'

/** A request, or another event of a message or its delivery. */
export type HistoryEntry =
  | { readonly kind: 'request'; readonly attempt: Attempt }
  | { readonly kind: 'change'; readonly change: ActivityEntry }

/**
 * Merges requests and changes, newest first. Each kind keeps its own order, even if the clock was set back. At the same
 * instant, the change came before the request.
 */
export function mergeHistory({ history, changes }: Pick<MessageStory, 'history' | 'changes'>): HistoryEntry[] {
  const entries: HistoryEntry[] = []
  let merged = 0
  for (const attempt of history) {
    for (
      let change = changes[merged];
      change !== undefined && change.at <= attempt.startedAt;
      change = changes[merged]
    ) {
      entries.push({ kind: 'change', change })
      merged += 1
    }
    entries.push({ kind: 'request', attempt })
  }
  for (const change of changes.slice(merged)) entries.push({ kind: 'change', change })
  return entries.reverse()
}
