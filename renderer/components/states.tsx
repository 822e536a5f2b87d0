import { Alert, Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, type IconProps, IconRefresh, IconSearchOff } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError, type Problem } from '../api/errors.ts'
import classes from './states.module.css'

interface EmptyStateProps {
  readonly icon: ComponentType<IconProps>
  readonly title: string
  /** One sentence that explains the next step. */
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** Shown where there is nothing yet. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <Stack className={classes.empty ?? ''} align="center" gap="xs">
      <Icon size={36} stroke={1.25} className={classes.emptyIcon ?? ''} aria-hidden="true" />
      <Title order={2}>{title}</Title>
      <Text c="dimmed" ta="center" maw={440}>
        {children}
      </Text>
      {action === undefined ? null : <div className={classes.emptyAction}>{action}</div>}
    </Stack>
  )
}

interface NothingFoundProps {
  readonly title: string
  /** The label of the button that clears the filters. */
  readonly clear: string
  readonly children: ReactNode
  onClear(): void
}

/** Shown where filters match nothing. */
export function NothingFound({ title, clear, children, onClear }: NothingFoundProps) {
  return (
    <EmptyState
      icon={IconSearchOff}
      title={title}
      action={
        <Button variant="default" onClick={onClear}>
          {clear}
        </Button>
      }
    >
      {children}
    </EmptyState>
  )
}

/** A problem beside the form or field it is about; nothing if there is none. */
export function ProblemAlert({ problem }: { readonly problem: Problem | null }) {
  if (problem === null) return null
  return (
    <Alert color="red" title={problem.title} role="alert">
      {problem.advice}
    </Alert>
  )
}

interface QueryStateProps {
  readonly query: { readonly error: unknown; refetch(): Promise<unknown> }
  /** How many lines the skeleton has. */
  readonly lines: number
}

/** Shown while a query has no data: a skeleton, or the error and a button to try again. */
export function QueryState({ query, lines }: QueryStateProps) {
  if (query.error === null) return <SkeletonLines count={lines} />
  return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
}

interface ErrorStateProps {
  readonly error: unknown
  readonly onRetry?: () => void
}

/** Shown where something could not be read: what happened, what to do, and a button to try again. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useTranslation()
  const problem = describeError(error, t)
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={problem.title} role="alert" m="md">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{problem.advice}</Text>
        {onRetry === undefined ? null : (
          <Button variant="default" size="sm" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
            {t('actions.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

/** Placeholder lines for text or rows that are loading, so that the layout does not jump when they arrive. */
export function SkeletonLines({ count, height = 14 }: { readonly count: number; readonly height?: number }) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm" p="md" role="status" aria-label={t('loading')}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <Skeleton key={index} height={height} width={`${92 - ((index * 17) % 40)}%`} />
      ))}
    </Stack>
  )
}
