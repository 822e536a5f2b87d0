import { Radio, Stack, Switch, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../api/queries.ts'
import { useSettings } from '../../api/use-settings.ts'
import { Section } from '../../components/section.tsx'
import { closeActionKey, closeActionsOn, shownCloseAction } from './close-action.ts'

const switches = ['openAtLogin', 'keepAwake', 'notifications', 'spellCheck'] as const

/** How the desktop app integrates with the system; hidden in a browser. */
export function DesktopSection() {
  const { t } = useTranslation('settings')
  const { settings, change } = useSettings()
  const { data: about } = useQuery(orpc.settings.about.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  if (about?.host !== 'desktop' || settings === null) return null
  const { platform } = about
  const offered = closeActionsOn(platform)
  return (
    <Section title={t('desktop.title')} hint={t('desktop.hint')} look="group">
      <Stack gap="md">
        <Radio.Group
          label={t('desktop.whenClosed.label')}
          value={shownCloseAction(platform, settings.whenClosed)}
          onChange={(whenClosed) => change({ whenClosed })}
        >
          <Stack gap="xs" mt="xs">
            {offered.map((choice) => (
              <Radio key={choice} value={choice} label={t(closeActionKey(platform, choice))} />
            ))}
          </Stack>
        </Radio.Group>
        {switches.map((name) => {
          const isOutOfReach = name === 'openAtLogin' && about.dataDirFromEnvironment
          return (
            <Switch
              key={name}
              label={t(`desktop.${name}.label`)}
              description={isOutOfReach ? t('desktop.openAtLogin.otherDirectory') : t(`desktop.${name}.hint`)}
              disabled={isOutOfReach}
              checked={settings[name] && !isOutOfReach}
              onChange={(event) => change({ [name]: event.currentTarget.checked })}
            />
          )
        })}
        <TextInput
          // A value saved elsewhere, or refused, replaces the field.
          key={settings.updateFeed}
          type="url"
          label={t('desktop.updateFeed.label')}
          description={t(about.isPortable ? 'desktop.updateFeed.portable' : 'desktop.updateFeed.hint')}
          disabled={about.isPortable}
          placeholder={t('desktop.updateFeed.placeholder')}
          defaultValue={settings.updateFeed}
          onBlur={(event) => {
            const updateFeed = event.currentTarget.value.trim()
            if (updateFeed !== settings.updateFeed) change({ updateFeed })
          }}
        />
      </Stack>
    </Section>
  )
}
