import { Button, SegmentedControl, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type GatewayPatchInput, type GatewaySettings, gatewayKinds } from '#shared/contract/gateway.ts'
import { describeError, fieldErrorsOf, isNoKeyring } from '../../api/errors.ts'
import { orpc } from '../../api/queries.ts'
import { useConfirm } from '../../components/confirm.tsx'
import { LeaveGuard } from '../../components/leave-guard.tsx'
import { showDone } from '../../components/notice.ts'
import { ProblemAlert } from '../../components/states.tsx'
import { ConnectionTestButton } from './connection-test-button.tsx'
import { gatewayFieldErrors, gatewayValuesOf, patchOf, targetOf } from './gateway-values.ts'
import { HttpFields } from './http-fields.tsx'
import { InterruptedChoice } from './interrupted-choice.tsx'
import { NumberFields } from './number-fields.tsx'
import { SandboxFields } from './sandbox-fields.tsx'
import { type GatewayFormState, useGatewayForm } from './use-gateway-form.ts'
import { WebhookFields } from './webhook/webhook-fields.tsx'

/** Where messages go, how many at once and how fast, and what happens to those that a crash interrupts. */
export function GatewayForm({ settings }: { readonly settings: GatewaySettings }) {
  const { t } = useTranslation(['settings', 'shell'])
  const { t: shell } = useTranslation('shell')
  const form = useGatewayForm(settings)
  const update = useSaveGateway(form)
  const fromEnvironment = settings.fromEnvironment
  const problem =
    update.error === null || fieldErrorsOf(update.error, shell) !== null ? null : describeError(update.error, shell)
  const forgetToken = () => update.mutate({ token: '' })

  return (
    <form noValidate onSubmit={form.onSubmit((values) => update.mutate(patchOf(values, fromEnvironment)))}>
      {form.isDirty() ? <LeaveGuard /> : null}
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('gateway.kind.label')}
          data={gatewayKinds.map((value) => ({ value, label: t(`gateway.kind.${value}`) }))}
          value={form.values.kind}
          onChange={(kind) => form.setFieldValue('kind', kind)}
          style={{ alignSelf: 'flex-start' }}
        />
        {form.values.kind === 'sandbox' ? <SandboxFields form={form} /> : null}
        {form.values.kind === 'http' ? (
          <HttpFields form={form} settings={settings} onForgetToken={forgetToken} />
        ) : null}
        {form.values.kind === 'webhook' ? (
          <WebhookFields form={form} settings={settings} onForgetToken={forgetToken} />
        ) : null}
        <LimitFields form={form} />
        <InterruptedChoice form={form} />
        <ProblemAlert problem={problem} />
        <ConnectionTestButton
          target={() => (form.validate().hasErrors ? null : targetOf(form.getValues(), fromEnvironment))}
          save={
            <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
              {t('shell:actions.save')}
            </Button>
          }
        />
      </Stack>
    </form>
  )
}

/** Saves the gateway settings and asks before the token is kept in a file because the system has no keyring. */
function useSaveGateway(form: GatewayFormState) {
  const { t } = useTranslation('settings')
  const { t: shell } = useTranslation('shell')
  const cache = useQueryClient()
  const confirm = useConfirm()
  const update = useMutation(
    orpc.gateway.update.mutationOptions({
      meta: { showsErrors: true },
      onSuccess(saved) {
        cache.setQueryData(orpc.gateway.get.queryKey(), saved)
        const values = gatewayValuesOf(saved)
        form.setInitialValues(values)
        form.setValues(values)
        form.resetDirty(values)
        showDone(t('saved'))
      },
      onError(error, patch) {
        if (isNoKeyring(error) && patch.keyFile !== true) void askForKeyFile(patch)
        const errors = fieldErrorsOf(error, shell)
        if (errors !== null) form.setErrors(gatewayFieldErrors(errors))
      },
    }),
  )

  async function askForKeyFile(patch: GatewayPatchInput): Promise<void> {
    const confirmed = await confirm({
      title: t('token.noKeyring.title'),
      consequence: t('token.noKeyring.consequence'),
      action: t('token.noKeyring.action'),
      danger: true,
    })
    if (confirmed) update.mutate({ ...patch, keyFile: true })
  }

  return update
}

function LimitFields({ form }: { readonly form: GatewayFormState }) {
  const { t } = useTranslation('settings')
  return (
    <NumberFields
      form={form}
      fields={[
        {
          name: 'concurrency',
          label: t('gateway.concurrency.label'),
          description: t('gateway.concurrency.hint'),
          min: 1,
          max: 4096,
          allowDecimal: false,
        },
        {
          name: 'timeoutSeconds',
          label: t('gateway.timeout.label'),
          description: t('gateway.timeout.hint'),
          min: 0.1,
          max: 300,
          decimalScale: 1,
        },
        {
          name: 'ratePerSecond',
          label: t('gateway.rate.label'),
          description: t('gateway.rate.hint'),
          placeholder: t('noLimit'),
          min: 1,
          max: 1_000_000,
          allowDecimal: false,
        },
      ]}
    />
  )
}
