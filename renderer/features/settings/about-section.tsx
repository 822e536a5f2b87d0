import { ActionIcon, Code, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../api/queries.ts'
import { Section } from '../../components/section.tsx'
import classes from './about-section.module.css'

/** The program's version and where it stores its data. */
export function AboutSection() {
  const { t } = useTranslation('settings')
  const { data } = useQuery(orpc.settings.about.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  if (data === undefined) return null
  return (
    <Section title={t('about.title')} look="group">
      <dl className={classes.facts}>
        <dt>{t('about.version')}</dt>
        <dd>{data.version}</dd>
        <dt>{t('about.dataDir')}</dt>
        <dd>
          <Code>{data.dataDir}</Code>
          <CopyPath path={data.dataDir} />
        </dd>
        <dt>{t('about.door')}</dt>
        <dd>{t(`about.doors.${data.host}`)}</dd>
        <dt>{t('about.timeZone')}</dt>
        <dd>{data.machineTimeZone}</dd>
      </dl>
    </Section>
  )
}

function CopyPath({ path }: { readonly path: string }) {
  const { t } = useTranslation('settings')
  return (
    <CopyButton value={path}>
      {({ copied, copy }) => {
        const label = t(copied ? 'about.copied' : 'about.copy')
        return (
          <Tooltip label={label}>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={copy}>
              {copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />}
            </ActionIcon>
          </Tooltip>
        )
      }}
    </CopyButton>
  )
}
