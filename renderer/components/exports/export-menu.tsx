import { Button, type ButtonProps, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { localDay } from '#shared/domain/local-day.ts'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { type ExportSubjectInput, startExport, useExportRun } from './export-run.ts'

interface ExportMenuProps extends Pick<ButtonProps, 'size' | 'variant'> {
  readonly subject: ExportSubjectInput
  /** The file name without the date and the extension. */
  readonly name: string
  /** What the button exports, if the screen has several such buttons. */
  readonly label?: string
}

/** A menu that exports what is shown to a file, in the chosen format. */
export function ExportMenu({ subject, name, label, size = 'compact-sm', variant = 'subtle' }: ExportMenuProps) {
  const { t } = useTranslation()
  const busy = useExportRun() !== null
  const start = (format: 'csv' | 'xlsx') =>
    void startExport(subject, format, `${name}-${localDay(Date.now(), machineTimeZone())}`)
  return (
    <Menu position="bottom-end" width="max-content" withinPortal>
      <Menu.Target>
        <Button
          size={size}
          variant={variant}
          disabled={busy}
          leftSection={<IconDownload size={15} aria-hidden="true" />}
          {...(label === undefined ? {} : { 'aria-label': label })}
        >
          {t('export.action')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => start('xlsx')}>{t('export.xlsx')}</Menu.Item>
        <Menu.Item onClick={() => start('csv')}>{t('export.csv')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
