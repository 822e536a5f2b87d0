import type { OpenAPI } from '@orpc/contract'

/** How the body of `POST /do-not-contact/` is described: the list itself, which the contract's own call wraps. */
export const optOutBody: OpenAPI.RequestBodyObject = {
  required: true,
  content: {
    'text/plain': { schema: { type: 'string' }, example: '+7 900 123-45-67\n8 (900) 123-45-68; 79001234569\n' },
    'text/csv': { schema: { type: 'string' }, example: 'name,phone\nAnna,+7 900 123-45-67\n' },
    'application/json': {
      schema: {
        type: 'object',
        properties: { phones: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] } },
        required: ['phones'],
      },
      example: { phones: ['+7 900 123-45-67', '8 900 123-45-68'] },
    },
  },
}
