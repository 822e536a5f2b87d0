import { Radio, Stack, Switch, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { closingChoices } from '#shared/contract/settings.ts'
import { useChoices } from '../../api/choices.ts'
import { orpc } from '../../api/queries.ts'
import { Section } from './section.tsx'

type Closing = (typeof closingChoices)[number]

const switches = ['openAtLogin', 'keepAwake', 'notifications', 'spellCheck'] as const

/** How the desktop app lives beside the system; behind the web door there is nothing of it to choose. */
export function DesktopSection() {
  const { t } = useTranslation('settings')
  const { choices, choose } = useChoices()
  const { data: about } = useQuery(orpc.settings.about.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  if (about?.door !== 'desktop' || choices === null) return null
  // On macOS a program lives on without its window, and is never asked for a reason.
  const isMac = about.platform === 'darwin'
  const offered = isMac ? (['tray', 'quit'] as const) : closingChoices
  const shown = (choice: Closing): Closing => (isMac && choice === 'ask' ? 'tray' : choice)
  const labelOf = (choice: Closing): string =>
    t(isMac && choice === 'tray' ? 'desktop.whenClosed.dock' : `desktop.whenClosed.${choice}`)
  return (
    <Section title={t('desktop.title')} hint={t('desktop.hint')}>
      <Stack gap="md">
        <Radio.Group
          label={t('desktop.whenClosed.label')}
          value={shown(choices.whenClosed)}
          onChange={(value) => {
            const whenClosed = closingChoices.find((each) => each === value)
            if (whenClosed !== undefined) choose({ whenClosed })
          }}
        >
          <Stack gap="xs" mt="xs">
            {offered.map((choice) => (
              <Radio key={choice} value={choice} label={labelOf(choice)} />
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
              checked={choices[name] && !isOutOfReach}
              onChange={(event) => choose({ [name]: event.currentTarget.checked })}
            />
          )
        })}
        <TextInput
          // What was kept elsewhere, or refused, takes the field's place.
          key={choices.updateFeed}
          type="url"
          label={t('desktop.updateFeed.label')}
          description={t(about.isPortable ? 'desktop.updateFeed.portable' : 'desktop.updateFeed.hint')}
          disabled={about.isPortable}
          placeholder={t('desktop.updateFeed.placeholder')}
          defaultValue={choices.updateFeed}
          onBlur={(event) => {
            const updateFeed = event.currentTarget.value.trim()
            if (updateFeed !== choices.updateFeed) choose({ updateFeed })
          }}
        />
      </Stack>
    </Section>
  )
}
