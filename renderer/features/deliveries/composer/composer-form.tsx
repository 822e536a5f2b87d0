import { Box, Button, Group, TextInput } from '@mantine/core'
import { IconHistory, IconLock } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { useAudience } from '../../../components/audience/use-audience.ts'
import { useFormat } from '../../../components/format.ts'
import { Note } from '../../../components/note.tsx'
import { Section } from '../../../components/section.tsx'
import { useNow } from '../../../components/time.tsx'
import { AudienceSection } from './audience-section.tsx'
import { ComposerButtons } from './composer-buttons.tsx'
import { type ComposerProblems, composerProblems } from './composer-problems.ts'
import { type ComposerValues, reachQuestionOf, scheduleOf } from './composer-values.ts'
import { ScheduleSection } from './schedule-section.tsx'
import { SummarySection } from './summary-section.tsx'
import { TextSection } from './text-section.tsx'
import { useAutosave, useUnsavedDraft } from './unsaved-draft.ts'
import { useComposerState } from './use-composer-state.ts'
import { useLengths } from './use-lengths.ts'
import { usePreview } from './use-preview.ts'
import { useReach } from './use-reach.ts'

interface ComposerFormProps {
  readonly initial: ComposerValues
  /** The key of the unsaved draft. */
  readonly place: string
  /** Null for a new one. */
  readonly delivery: Delivery | null
  readonly onSaved: (delivery: Delivery) => void
}

/** The composer: recipients, text and schedule. */
export function ComposerForm({ initial, place, delivery, onSaved }: ComposerFormProps) {
  const root = useRef<HTMLFormElement>(null)
  const now = new Date(useNow())
  const startedAt = delivery?.startedAt ?? null
  const scope = startedAt === null ? 'everything' : 'some'
  const unsaved = useUnsavedDraft(place)
  const { values, change, attempt, errorOf, isDirty, showServerError } = useComposerState(initial, unsaved?.values)
  const markSaved = useAutosave(place, values, isDirty)
  const count = useAudience(values.filter)
  const preview = usePreview(values.text, values.filter)
  const lengths = useLengths(preview, scope === 'everything')
  const schedule = scheduleOf(values, now)
  // After the start the audience is fixed and no longer what the filter selects.
  const reach = useReach(scope === 'everything' ? reachQuestionOf(values, now) : null)

  const fieldProblems = composerProblems(values, now, scope)
  const isTemplateBroken = scope === 'everything' && preview.isCurrent && preview.answer?.problem != null
  const problems: ComposerProblems = isTemplateBroken ? { ...fieldProblems, text: 'text_broken' } : fieldProblems
  const shownError = (field: string) => errorOf(field, problems)

  return (
    // Enter in a field must not send anything: only the buttons do.
    <form ref={root} onSubmit={(event) => event.preventDefault()} noValidate>
      {unsaved === null || !isDirty ? null : <RestoredNote at={unsaved.at} onDiscard={() => change(initial)} />}
      {scope === 'everything' ? null : <LockedNote />}
      <NameSection name={values.name} error={shownError('name')} onChange={(name) => change({ name })} />
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
        hasStarted={scope === 'some'}
        isIncomplete={Object.keys(problems).length > 0}
      >
        <ComposerButtons
          values={values}
          delivery={delivery}
          problems={problems}
          isAttempted={attempt.count > 0}
          onRefused={() => attempt.refuse(root.current)}
          onError={showServerError}
          onSaved={(saved) => {
            markSaved()
            onSaved(saved)
          }}
        />
      </SummarySection>
    </form>
  )
}

/** Says that an unsaved draft was restored and offers to discard it. */
function RestoredNote({ at, onDiscard }: { readonly at: number; onDiscard(): void }) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  return (
    <Box mb="md">
      <Note tone="neutral" icon={IconHistory} title={t('composer.kept.title')} role="status">
        <Group gap="sm">
          {t('composer.kept.text', { moment: format.moment(new Date(at)) })}
          <Button variant="default" size="compact-sm" onClick={onDiscard}>
            {t('composer.kept.discard')}
          </Button>
        </Group>
      </Note>
    </Box>
  )
}

/** Says that the text and the audience can no longer change. */
function LockedNote() {
  const { t } = useTranslation('deliveries')
  return (
    <Box mb="md">
      <Note tone="neutral" icon={IconLock} title={t('composer.lockedTitle')}>
        {t('composer.locked')}
      </Note>
    </Box>
  )
}

interface NameSectionProps {
  readonly name: string
  readonly error: string | undefined
  onChange(name: string): void
}

function NameSection({ name, error, onChange }: NameSectionProps) {
  const { t } = useTranslation('deliveries')
  return (
    <Section title={t('composer.name.title')} look="row">
      <TextInput
        aria-label={t('composer.name.label')}
        description={t('composer.name.description')}
        placeholder={t('composer.name.placeholder')}
        value={name}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        maw={480}
      />
    </Section>
  )
}
