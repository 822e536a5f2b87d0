import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  IconAddressBook,
  IconChartBar,
  IconDeviceDesktop,
  IconLanguage,
  IconMoon,
  type IconProps,
  IconSend,
  IconSettings,
  IconSun,
} from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useChoices } from '../api/choices.ts'
import classes from './shell.module.css'

const screens = [
  { to: '/deliveries', words: 'nav.deliveries', icon: IconSend },
  { to: '/clients', words: 'nav.clients', icon: IconAddressBook },
  { to: '/statistics', words: 'nav.statistics', icon: IconChartBar },
  { to: '/settings', words: 'nav.settings', icon: IconSettings },
] as const

const themes = [
  { value: 'system', icon: IconDeviceDesktop },
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
] as const

const languageChoices = ['system', 'en', 'ru'] as const

/** The way to every screen, and below it how the console looks and speaks. */
export function Navigation() {
  const { t } = useTranslation()
  return (
    <nav className={classes.nav} aria-label={t('nav.label')}>
      <div className={classes.brand}>
        <img className={classes.mark} src="./icon.svg" alt="" />
        {t('brand')}
      </div>
      {screens.map(({ to, words, icon: Icon }) => (
        <NavLink key={to} to={to} className={classes.link ?? ''}>
          <Icon size={17} stroke={1.75} aria-hidden="true" />
          {t(words)}
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
  const { choices, choose } = useChoices()
  const chosen = themes.find(({ value }) => value === choices?.theme) ?? themes[0]
  return (
    <ChoiceMenu label={t('theme.label')} icon={chosen.icon}>
      {themes.map(({ value, icon: Icon }) => (
        <Menu.Item
          key={value}
          role="menuitemradio"
          aria-checked={value === choices?.theme}
          leftSection={<Icon size={15} aria-hidden="true" />}
          fw={value === choices?.theme ? 600 : 400}
          onClick={() => choose({ theme: value })}
        >
          {t(`theme.${value}`)}
        </Menu.Item>
      ))}
    </ChoiceMenu>
  )
}

function LanguageMenu() {
  const { t } = useTranslation()
  const { choices, choose } = useChoices()
  return (
    <ChoiceMenu label={t('language.label')} icon={IconLanguage}>
      {languageChoices.map((value) => (
        <Menu.Item
          key={value}
          role="menuitemradio"
          aria-checked={value === choices?.language}
          fw={value === choices?.language ? 600 : 400}
          onClick={() => choose({ language: value })}
        >
          {t(`language.${value}`)}
        </Menu.Item>
      ))}
    </ChoiceMenu>
  )
}

interface ChoiceMenuProps {
  readonly label: string
  readonly icon: ComponentType<IconProps>
  readonly children: ReactNode
}

function ChoiceMenu({ label, icon: Icon, children }: ChoiceMenuProps) {
  return (
    <Menu position="top-start" withinPortal>
      <Menu.Target>
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color="gray" aria-label={label} size="md">
            <Icon size={17} stroke={1.75} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
