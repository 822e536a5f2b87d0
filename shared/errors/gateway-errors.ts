/** The settings of a gateway, its token, and webhooks. */
export const gatewayErrors = {
  gateway_url_missing: () => 'the HTTP gateway needs an address: set its url',
  gateway_url_secrets: () => 'must not contain a login or a part behind #: enter the token in its own field',
  set_by_environment: ({ variable }: { variable: string }) =>
    `is set by the environment variable ${variable}: change it there`,
  token_characters: () => 'contains characters that are not allowed in a header: copy it again',
  timeout_too_short: ({ minMs }: { minMs: number }) => `must be at least ${minMs} ms`,
  timeout_too_long: ({ maxMinutes }: { maxMinutes: number }) => `must be at most ${maxMinutes} minutes`,
  keyring_missing: () =>
    'This system has no keyring, so the gateway token cannot be stored safely. Install or unlock one (GNOME Keyring, KWallet) and restart Herald, or set HERALD_GATEWAY_TOKEN in the environment',
  secret_foreign: () => 'This secret was stored by another part of the program: enter it again',
  secret_unreadable: () => 'The keyring cannot open this secret: enter it again',
  webhook_url_missing: () => 'the webhook needs an address: set its url',
  webhook_status: () => 'must be a status from 200 to 599, or a class such as 2xx',
  webhook_statuses_missing: () => 'needs at least one status',
  webhook_status_twice: ({ status }: { status: number | string }) => `${status} already counts as success`,
  webhook_value_type: () => 'must be text, a number, true, false or null',
  webhook_host: () => 'must name a host without variables: use them only in the path and the query',
  webhook_header_name: () => 'must be the name of a header, such as X-Api-Key',
  webhook_header_reserved: () => 'the program sets this header itself',
  webhook_header_twice: () => 'this header is given twice',
  webhook_header_value: () => 'a header is one line of ASCII characters: use the filter url_encode',
  webhook_secret_in_header: () => 'must not contain the secret itself: save it as the token and write {{ token }} here',
  webhook_body_with_get: () => 'a GET request has no body: choose none',
  webhook_backslash: () => 'a backslash must not be right before a value',
  webhook_variable_unknown: ({ name, line, column }: { name: string; line: number; column: number }) =>
    `line ${line}, column ${column}: "${name}" is unknown: use message.id, message.phone, message.text, client.…, delivery.id, delivery.name or token`,
  webhook_not_json: () => 'the body is not JSON: it ends too early, or a value is misplaced',
  webhook_not_json_at: ({ row, column }: { row: number; column: number }) =>
    `the body is not JSON: see line ${row}, column ${column} of what is sent`,
  webhook_path: ({ column }: { column: number }) =>
    `column ${column}: must be a path such as code or data.items[0].status`,
  webhook_token_missing: () => 'is used here, but no token is saved',
}
