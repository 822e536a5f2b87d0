import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'

/** Leads to an empty composer. */
export function NewDeliveryButton({ label }: { readonly label: string }) {
  return (
    <Button component={Link} to="/deliveries/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
      {label}
    </Button>
  )
}
