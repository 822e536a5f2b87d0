import type { TFunction } from 'i18next'

type Translate = TFunction<'shell'>

/** What the engine finds wrong with a webhook, and the operator's words for it. */
export const webhookReasons: readonly {
  readonly said: RegExp
  readonly tell: (t: Translate, words: readonly string[]) => string
}[] = [
  { said: /^must name its host in plain letters/, tell: (t) => t('reasons.webhook.host') },
  { said: /^must be an address .* names its host in plain letters$/, tell: (t) => t('reasons.webhook.host') },
  { said: /^must be the name of a header/, tell: (t) => t('reasons.webhook.headerName') },
  { said: /^this header is set by the program itself$/, tell: (t) => t('reasons.webhook.ownHeader') },
  { said: /^this header stands here twice$/, tell: (t) => t('reasons.webhook.sameHeader') },
  { said: /^must not hold the secret itself/, tell: (t) => t('reasons.webhook.secret', placeholders) },
  { said: /^a header holds one line of ASCII/, tell: (t) => t('reasons.webhook.headerValue') },
  { said: /^a GET request carries no body/, tell: (t) => t('reasons.webhook.getBody') },
  {
    said: /^line (\d+), column (\d+): "(.+)" is not known here/,
    tell: (t, [line, column, name]) => t('reasons.webhook.unknown', { line, column, name }),
  },
  {
    said: /^line (\d+), column (\d+): (.+)$/s,
    tell: (t, [line, column, reason]) => t('reasons.webhook.template', { line, column, reason }),
  },
  {
    said: /^the body is not JSON: look at line (\d+), column (\d+)/,
    tell: (t, [line, column]) => t('reasons.webhook.jsonAt', { line, column }),
  },
  { said: /^the body is not JSON/, tell: (t) => t('reasons.webhook.json') },
  { said: /^a backslash must not stand right before a value/, tell: (t) => t('reasons.webhook.backslash') },
  {
    said: /^column (\d+): must be a path/,
    tell: (t, [column]) => t('reasons.webhook.path', { column }),
  },
  { said: /^(\w+) means success already$/, tell: (t, [status]) => t('reasons.webhook.bothMeanings', { status }) },
  { said: /^is used here, but none is saved$/, tell: (t) => t('reasons.webhook.noToken') },
  { said: /^holds characters that no header can carry/, tell: (t) => t('reasons.webhook.token') },
]

/** i18next would take the braces for its own. */
const placeholders = { token: '{{ token }}' }
