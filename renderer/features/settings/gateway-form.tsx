import { Alert, Button, Group, NumberInput, SegmentedControl, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { GatewayPatchInput, GatewaySettings } from '#shared/contract/gateway.ts'
import { describeError, fieldErrorsOf, isNoKeyring } from '../../api/errors.ts'
import { orpc } from '../../api/queries.ts'
import { useConfirm } from '../../components/confirm.tsx'
import { LeaveGuard } from '../../components/leave-guard.tsx'
import { showDone } from '../../components/notice.ts'
import { ConnectionTest } from './connection-test.tsx'
import { atFormFields, patchOf, targetOf, valuesOf } from './gateway-values.ts'
import { HttpFields } from './http-fields.tsx'
import { InterruptedChoice } from './interrupted-choice.tsx'
import { SandboxFields } from './sandbox-fields.tsx'
import { useGatewayForm } from './use-gateway-form.ts'
import { WebhookFields } from './webhook/webhook-fields.tsx'

const kinds = ['sandbox', 'http', 'webhook'] as const satisfies readonly GatewaySettings['kind'][]

/** Where messages go, how many and how fast, and what becomes of those that a crash cuts off. */
export function GatewayForm({ settings }: { readonly settings: GatewaySettings }) {
  const { t } = useTranslation(['settings', 'shell'])
  const { t: shell } = useTranslation('shell')
  const cache = useQueryClient()
  const confirm = useConfirm()
  const form = useGatewayForm(settings)
  const held = settings.fromEnvironment
  const update = useMutation(
    orpc.gateway.update.mutationOptions({
      meta: { showsErrors: true },
      onSuccess(saved) {
        cache.setQueryData(orpc.gateway.get.queryKey(), saved)
        form.setInitialValues(valuesOf(saved))
        form.setValues(valuesOf(saved))
        form.resetDirty(valuesOf(saved))
        showDone(t('saved'))
      },
      onError(error, patch) {
        if (isNoKeyring(error) && patch.keyFile !== true) void askForKeyFile(patch)
        const errors = fieldErrorsOf(error, shell)
        if (errors !== null) form.setErrors(atFormFields(errors))
      },
    }),
  )
  const problem =
    update.error === null || fieldErrorsOf(update.error, shell) !== null ? null : describeError(update.error, shell)

  /** Nothing weaker than the keyring is chosen for the operator. */
  async function askForKeyFile(patch: GatewayPatchInput): Promise<void> {
    const sure = await confirm({
      title: t('token.noKeyring.title'),
      consequence: t('token.noKeyring.consequence'),
      action: t('token.noKeyring.action'),
      danger: true,
    })
    if (sure) update.mutate({ ...patch, keyFile: true })
  }

  const forgetToken = () => update.mutate({ token: '' })

  return (
    <form noValidate onSubmit={form.onSubmit((values) => update.mutate(patchOf(values, held)))}>
      {form.isDirty() ? <LeaveGuard /> : null}
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('gateway.kind.label')}
          data={[
            { value: 'sandbox', label: t('gateway.kind.sandbox') },
            { value: 'http', label: t('gateway.kind.http') },
            { value: 'webhook', label: t('gateway.kind.webhook') },
          ]}
          value={form.values.kind}
          onChange={(chosen) => form.setFieldValue('kind', kinds.find((kind) => kind === chosen) ?? 'sandbox')}
          style={{ alignSelf: 'flex-start' }}
        />
        {form.values.kind === 'sandbox' ? <SandboxFields form={form} /> : null}
        {form.values.kind === 'http' ? (
          <HttpFields form={form} settings={settings} onForgetToken={forgetToken} />
        ) : null}
        {form.values.kind === 'webhook' ? (
          <WebhookFields form={form} settings={settings} onForgetToken={forgetToken} />
        ) : null}
        <Group grow align="flex-start">
          <NumberInput
            label={t('gateway.concurrency.label')}
            description={t('gateway.concurrency.hint')}
            min={1}
            max={4096}
            allowDecimal={false}
            clampBehavior="none"
            {...form.getInputProps('concurrency')}
          />
          <NumberInput
            label={t('gateway.timeout.label')}
            description={t('gateway.timeout.hint')}
            min={0.1}
            max={300}
            decimalScale={1}
            clampBehavior="none"
            {...form.getInputProps('timeoutSeconds')}
          />
          <NumberInput
            label={t('gateway.rate.label')}
            description={t('gateway.rate.hint')}
            placeholder={t('noLimit')}
            min={1}
            max={1_000_000}
            allowDecimal={false}
            clampBehavior="none"
            {...form.getInputProps('ratePerSecond')}
          />
        </Group>
        <InterruptedChoice form={form} />
        {problem === null ? null : (
          <Alert color="red" title={problem.title} role="alert">
            {problem.advice}
          </Alert>
        )}
        <ConnectionTest
          target={() => (form.validate().hasErrors ? null : targetOf(form.getValues(), held))}
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
