import { ActionIcon, Kbd, Menu, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconAddressBook,
  IconBellOff,
  IconChartBar,
  IconDeviceDesktop,
  IconFilter,
  IconHistory,
  IconLanguage,
  IconLayoutDashboard,
  IconMoon,
  type IconProps,
  IconSearch,
  IconSend,
  IconSettings,
  IconSun,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useLanguageOptions, useSettings } from '../api/use-settings.ts'
import { paletteKeys } from './commands.ts'
import classes from './shell.module.css'

const screens = [
  { to: '/', labelKey: 'nav.dashboard', icon: IconLayoutDashboard },
  { to: '/deliveries', labelKey: 'nav.deliveries', icon: IconSend },
  { to: '/clients', labelKey: 'nav.clients', icon: IconAddressBook },
  { to: '/segments', labelKey: 'nav.segments', icon: IconFilter },
  { to: '/do-not-contact', labelKey: 'nav.doNotContact', icon: IconBellOff },
  { to: '/statistics', labelKey: 'nav.statistics', icon: IconChartBar },
  { to: '/activity', labelKey: 'nav.activity', icon: IconHistory },
  { to: '/settings', labelKey: 'nav.settings', icon: IconSettings },
] as const

const themes = [
  { value: 'system', icon: IconDeviceDesktop },
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
] as const

/** Links to every screen, and menus for the theme and the language. */
export function Navigation({ onPalette }: { onPalette(): void }) {
  const { t } = useTranslation()
  return (
    <nav className={classes.nav} aria-label={t('nav.label')}>
      <div className={classes.brand}>
        <img className={classes.mark} src="./icon.svg" alt="" />
        {t('brand')}
      </div>
      <UnstyledButton className={classes.search ?? ''} onClick={onPalette}>
        <IconSearch size={15} aria-hidden="true" />
        {t('palette.button')}
        <Kbd size="xs" ml="auto" aria-hidden="true">
          {paletteKeys.join(paletteKeys[0] === '⌘' ? '' : ' ')}
        </Kbd>
      </UnstyledButton>
      {screens.map(({ to, labelKey, icon: Icon }) => (
        <NavLink key={to} to={to} end={to === '/'} className={classes.link ?? ''}>
          <Icon size={17} stroke={1.75} aria-hidden="true" />
          {t(labelKey)}
        </NavLink>
      ))}
      <div className={classes.foot}>
        <ThemeMenu />
        <LanguageMenu />
      </div>
    </nav>
  )
}

function ThemeMenu() {
  const { t } = useTranslation()
  const { settings, change } = useSettings()
  const chosen = themes.find(({ value }) => value === settings?.theme) ?? themes[0]
  return (
    <ChoiceMenu
      label={t('theme.label')}
      icon={chosen.icon}
      value={settings?.theme ?? null}
      options={themes.map(({ value }) => ({ value, word: t(`theme.${value}`) }))}
      onChoose={(theme) => change({ theme })}
    />
  )
}

function LanguageMenu() {
  const { t } = useTranslation()
  const { settings, change } = useSettings()
  return (
    <ChoiceMenu
      label={t('language.label')}
      icon={IconLanguage}
      value={settings?.language ?? null}
      options={useLanguageOptions().map(({ value, label }) => ({ value, word: label }))}
      onChoose={(language) => change({ language })}
    />
  )
}

interface ChoiceMenuProps<Value extends string> {
  readonly label: string
  readonly icon: ComponentType<IconProps>
  /** Null until it is known. */
  readonly value: Value | null
  readonly options: readonly { readonly value: Value; readonly word: string }[]
  onChoose(value: Value): void
}

function ChoiceMenu<Value extends string>({ label, icon: Icon, value, options, onChoose }: ChoiceMenuProps<Value>) {
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color="gray" aria-label={label} size="md">
            <Icon size={17} stroke={1.75} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={value}>
          {options.map((option) => (
            <Menu.RadioItem
              key={option.value}
              value={option.value}
              closeMenuOnClick
              onChange={() => onChoose(option.value)}
            >
              {option.word}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
