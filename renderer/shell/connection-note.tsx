import { Text } from '@mantine/core'
import { IconWifiOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../api/live.ts'
import classes from './banner.module.css'

/** Warns that the screen may be out of date while the connection to the engine is lost. */
export function ConnectionNote() {
  const { t } = useTranslation()
  const connection = useConnection()
  return (
    <div role="status">
      {connection === 'lost' ? (
        <div className={classes.banner} data-tone="quiet">
          <IconWifiOff size={16} aria-hidden="true" />
          <Text size="sm">{t('connection.lost')}</Text>
        </div>
      ) : null}
    </div>
  )
}
