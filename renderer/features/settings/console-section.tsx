import { Group, Input, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLanguageOptions, useSettings } from '../../api/use-settings.ts'
import { Section } from '../../components/section.tsx'

const themes = ['system', 'light', 'dark'] as const

/** The console's language and theme; applied at once. */
export function ConsoleSection() {
  const { t } = useTranslation(['settings', 'shell'])
  const { settings, change } = useSettings()
  return (
    <Section title={t('console.title')} look="group">
      <Group gap="xl" align="flex-start">
        <Input.Wrapper label={t('shell:language.label')} labelElement="div">
          <SegmentedControl
            mt={4}
            display="flex"
            aria-label={t('shell:language.label')}
            data={useLanguageOptions()}
            value={settings?.language ?? 'system'}
            onChange={(language) => change({ language })}
          />
        </Input.Wrapper>
        <Input.Wrapper label={t('shell:theme.label')} labelElement="div">
          <SegmentedControl
            mt={4}
            display="flex"
            aria-label={t('shell:theme.label')}
            data={themes.map((value) => ({ value, label: t(`shell:theme.${value}`) }))}
            value={settings?.theme ?? 'system'}
            onChange={(theme) => change({ theme })}
          />
        </Input.Wrapper>
      </Group>
    </Section>
  )
}
