import { Alert, Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, type IconProps, IconRefresh } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError } from '../api/errors.ts'
import classes from './states.module.css'

interface EmptyStateProps {
  readonly icon: ComponentType<IconProps>
  readonly title: string
  /** One sentence that teaches the next step. */
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** What stands where nothing is yet. */
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

interface ErrorStateProps {
  readonly error: unknown
  readonly onRetry?: () => void
}

/** What stands where something could not be read: what happened, what to do, and a way to try again. */
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

/** Lines where text or rows will be, so that nothing jumps when they arrive. */
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
