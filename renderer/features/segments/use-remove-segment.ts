import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Segment } from '#shared/contract/segments.ts'
import { client } from '../../api/client.ts'
import { describeError } from '../../api/errors.ts'
import { orpc } from '../../api/queries.ts'
import { showProblem } from '../../components/notice.ts'
import { showUndoable } from '../../components/undo-notice.tsx'

/** Deletes a segment at once; undo creates the same segment again. */
export function useRemoveSegment(onRemoved?: () => void) {
  const { t } = useTranslation('segments')
  const { t: shell } = useTranslation('shell')
  const cache = useQueryClient()
  const reread = () => cache.invalidateQueries({ queryKey: orpc.segments.list.key() })
  const remove = useMutation({
    mutationFn: (segment: Segment) => client.segments.delete({ id: segment.id }),
    onSuccess(_, { name, filter }) {
      onRemoved?.()
      showUndoable(t('deleted', { name }), () => {
        client.segments.create({ name, filter }).then(reread, (error) => showProblem(describeError(error, shell)))
      })
      return reread()
    },
    onError: (error) => showProblem(describeError(error, shell)),
  })
  return (segment: Segment) => remove.mutate(segment)
}
