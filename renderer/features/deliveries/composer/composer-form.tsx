import { Box, TextInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { useAudience } from '../../../components/audience/use-audience.ts'
import { Note } from '../../../components/note.tsx'
import { useNow } from '../../../components/time.tsx'
import { AudienceSection } from './audience-section.tsx'
import { ComposerButtons } from './composer-buttons.tsx'
import { type ComposerProblems, composerProblems } from './composer-problems.ts'
import { type ComposerValues, reachQuestionOf, scheduleOf } from './composer-values.ts'
import { KeptNote } from './kept-note.tsx'
import { ScheduleSection } from './schedule-section.tsx'
import { Section } from './section.tsx'
import { SummarySection } from './summary-section.tsx'
import { TextSection } from './text-section.tsx'
import { useComposerState } from './use-composer-state.ts'
import { useKeepDraft, useRecalledDraft } from './use-kept-draft.ts'
import { useLengths } from './use-lengths.ts'
import { usePreview } from './use-preview.ts'
import { useReach } from './use-reach.ts'

interface ComposerFormProps {
  readonly initial: ComposerValues
  /** Where what is being written is kept until it is saved. */
  readonly place: string
  /** Null for a new one. */
  readonly delivery: Delivery | null
  readonly onSaved: (delivery: Delivery) => void
}

/** Whom, what and when, in the order in which one thinks of it. */
export function ComposerForm({ initial, place, delivery, onSaved }: ComposerFormProps) {
  const { t } = useTranslation('deliveries')
  const root = useRef<HTMLFormElement>(null)
  const now = new Date(useNow())
  const startedAt = delivery?.startedAt ?? null
  const scope = startedAt === null ? 'everything' : 'some'
  const recalled = useRecalledDraft(place)
  const { values, change, attempt, errorOf, isDirty, takeServerError } = useComposerState(initial, recalled?.values)
  const forget = useKeepDraft(place, values, isDirty)
  const count = useAudience(values.filter)
  const preview = usePreview(values.text, values.filter)
  const lengths = useLengths(preview, scope === 'everything')
  const schedule = scheduleOf(values, now)
  // The audience of one that has begun is fixed, and no longer what the filter selects.
  const reach = useReach(scope === 'everything' ? reachQuestionOf(values, now) : null)

  const found = composerProblems(values, now, scope)
  const isBroken = scope === 'everything' && preview.isCurrent && preview.answer?.problem != null
  const problems: ComposerProblems = isBroken ? { ...found, text: 'text_broken' } : found
  const shownError = (field: string) => errorOf(field, problems)

  return (
    // Enter in a field must not start anything: the buttons below are the only way.
    <form ref={root} onSubmit={(event) => event.preventDefault()} noValidate>
      {recalled === null || !isDirty ? null : (
        <Box mb="md">
          <KeptNote at={recalled.at} onDiscard={() => change(initial)} />
        </Box>
      )}
      {scope === 'everything' ? null : (
        <Box mb="md">
          <Note tone="neutral" icon={IconLock} title={t('composer.lockedTitle')}>
            {t('composer.locked')}
          </Note>
        </Box>
      )}
      <Section title={t('composer.name.title')}>
        <TextInput
          aria-label={t('composer.name.label')}
          description={t('composer.name.description')}
          placeholder={t('composer.name.placeholder')}
          value={values.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={shownError('name')}
          maw={480}
        />
      </Section>
      <AudienceSection
        filter={values.filter}
        onChange={(filter) => change({ filter })}
        count={count}
        disabled={scope === 'some'}
        errorOf={shownError}
      />
      <TextSection
        text={values.text}
        onChange={(text) => change({ text })}
        preview={preview}
        lengths={lengths}
        disabled={scope === 'some'}
        error={shownError('text')}
      />
      <ScheduleSection
        values={values}
        onChange={change}
        schedule={schedule}
        reach={reach}
        startedAt={startedAt}
        errorOf={shownError}
      />
      <SummarySection
        values={values}
        schedule={schedule}
        audience={count.audience}
        reach={reach.reach}
        hasBegun={scope === 'some'}
        isIncomplete={Object.keys(problems).length > 0}
      >
        <ComposerButtons
          values={values}
          delivery={delivery}
          problems={problems}
          isAttempted={attempt.count > 0}
          onRefused={() => attempt.refuse(root.current)}
          onError={takeServerError}
          onSaved={(saved) => {
            forget()
            onSaved(saved)
          }}
        />
      </SummarySection>
    </form>
  )
}
