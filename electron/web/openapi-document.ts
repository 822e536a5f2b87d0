import type { OpenAPI } from '@orpc/contract'
import { type JSONSchema, OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import * as z from 'zod'
import { clientInputSchema, clientSchema } from '#shared/contract/clients.ts'
import { deliveryInputSchema, deliverySchema } from '#shared/contract/deliveries.ts'
import { doNotContactEntrySchema, optOutReportSchema } from '#shared/contract/do-not-contact.ts'
import { errors } from '#shared/contract/errors.ts'
import { wholeImportReportSchema } from '#shared/contract/import.ts'
import { contract } from '#shared/contract/index.ts'
import { attemptSchema, messageSchema } from '#shared/contract/messages.ts'
import program from '../../package.json' with { type: 'json' }
import { requestExamples } from './openapi-examples.ts'
import { isWrittenPath } from './rest-routes.ts'

const introduction = `Everything that the console shows, for scripts and other programs on this machine.

Every request needs the token: \`Authorization: Bearer T\`. This page sends the cookie that its link set, so requests from here need no token.
Every address works with and without its trailing slash. Lists accept \`limit\` (50 by default, at most 1000) and \`offset\`.
An error is \`{ code, message, data }\`; the message is in English.
While the console is locked every address answers 423 and does nothing: try again later. No address unlocks it; sending continues.`

type Converted = [required: boolean, jsonSchema: Exclude<JSONSchema, boolean>]

let described: Promise<OpenAPI.Document> | undefined

/** The OpenAPI document of the REST API, generated once from the contract; `origin` is the address of the request for it. */
export async function describeApi(origin: string): Promise<OpenAPI.Document> {
  described ??= generate()
  return { ...(await described), servers: [{ url: origin }] }
}

/** An interceptor of the conversion: adds the JSON schema in the `meta` of a schema, which zod itself cannot express. */
function describeAsWritten({ schema, next }: { readonly schema: object; next(): Converted }): Converted {
  const [required, converted] = next()
  const { jsonSchema, isRequired = required } = z.globalRegistry.get(schema as z.ZodType) ?? {}
  return [isRequired === true, typeof jsonSchema === 'object' ? { ...converted, ...jsonSchema } : converted]
}

async function generate(): Promise<OpenAPI.Document> {
  const converter = new ZodToJsonSchemaConverter({ interceptors: [describeAsWritten], unsupportedJsonSchema: {} })
  const document = await new OpenAPIGenerator({ schemaConverters: [converter] }).generate(contract, {
    filter: ({ contract: procedure }) => procedure['~orpc'].route.path !== undefined,
    info: { title: 'Herald', version: program.version, description: introduction },
    tags: [
      { name: 'Clients', description: 'People in the directory' },
      { name: 'Do not contact', description: 'Phones that never receive messages, known or not' },
      { name: 'Deliveries', description: 'Broadcasts, from draft to the last message' },
      { name: 'Messages', description: 'One text to one client, and its result' },
      { name: 'Statistics', description: 'Counts per status, errors, results over time' },
    ],
    security: [{ token: [] }],
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The token from the link that the program prints' },
      },
      responses: Object.fromEntries(
        Object.entries(errors).map(([code, { message, data }]) => {
          const [, schema] = converter.convert(data, { strategy: 'output' })
          return [code, describeError(message, code, schema)]
        }),
      ),
    },
    commonSchemas: {
      Client: { schema: clientSchema, strategy: 'output' },
      ClientInput: { schema: clientInputSchema },
      ImportReport: { schema: wholeImportReportSchema, strategy: 'output' },
      DoNotContactEntry: { schema: doNotContactEntrySchema, strategy: 'output' },
      OptOutReport: { schema: optOutReportSchema, strategy: 'output' },
      Delivery: { schema: deliverySchema, strategy: 'output' },
      DeliveryInput: { schema: deliveryInputSchema },
      Message: { schema: messageSchema, strategy: 'output' },
      Attempt: { schema: attemptSchema, strategy: 'output' },
    },
  })
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => [
    isWrittenPath(path) ? path : `${path}/`,
    completePath(path, item),
  ])
  return withoutNoise({ ...document, paths: Object.fromEntries(paths) })
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

function completePath(path: string, item: OpenAPI.PathItemObject = {}): OpenAPI.PathItemObject {
  const operations = methods.flatMap((method) => {
    const operation = item[method]
    return operation === undefined ? [] : [[method, completeOperation(path, method, operation)]]
  })
  return Object.fromEntries(operations)
}

const successWords: Readonly<Record<string, string>> = {
  200: 'Success',
  201: 'Created',
  204: 'Success, without content',
}

/** Keeps the success response and adds the errors that this operation and the host can return. */
function completeOperation(path: string, method: string, operation: OpenAPI.OperationObject): OpenAPI.OperationObject {
  const { parameters, requestBody, responses = {} } = operation
  const example = requestExamples[operation.operationId ?? '']
  if (example !== undefined && requestBody !== undefined && 'content' in requestBody)
    Object.assign(requestBody.content['application/json'] ?? {}, { example })
  const successes = Object.entries(responses).filter(([status]) => status in successWords)
  return {
    ...operation,
    ...(parameters === undefined ? {} : { parameters: parameters.map(describeParameter) }),
    responses: {
      ...Object.fromEntries(successes.map(([status, response]) => [status, describeSuccess(status, response)])),
      400: errorNamed('VALIDATION'),
      401: { description: 'Missing or wrong token' },
      ...(path.includes('{') ? { 404: errorNamed('NOT_FOUND') } : {}),
      ...(method === 'get' && !isFile(responses[200]) ? {} : { 409: errorNamed('CONFLICT') }),
      ...(requestBody === undefined ? {} : { 413: { description: 'The body is too large' } }),
      423: errorNamed('LOCKED'),
      500: errorNamed('INTERNAL'),
      503: errorNamed('STORE_UNAVAILABLE'),
    },
  }
}

type Response = OpenAPI.ResponseObject | OpenAPI.ReferenceObject

function describeSuccess(status: string, response: Response): Response {
  const description = successWords[status] ?? status
  return status === '204' ? { description } : { ...response, description }
}

function isFile(response: Response | undefined): boolean {
  return response !== undefined && 'content' in response && !('application/json' in (response.content ?? {}))
}

/** Moves the description of a value to its parameter, where the reference shows it. */
function describeParameter(
  parameter: OpenAPI.ParameterObject | OpenAPI.ReferenceObject,
): OpenAPI.ParameterObject | OpenAPI.ReferenceObject {
  if (!('schema' in parameter) || parameter.schema === undefined || !('description' in parameter.schema))
    return parameter
  const { style, explode, ...described } = parameter
  const { description, ...schema } = parameter.schema
  return {
    ...described,
    ...(description === undefined ? {} : { description }),
    // oRPC documents `tag[0]=vip` for lists; repeating `tag=vip` means the same and is simpler.
    ...(schema.type === 'array' ? {} : { style, explode }),
    schema,
  }
}

function errorNamed(code: keyof typeof errors): OpenAPI.ReferenceObject {
  return { $ref: `#/components/responses/${code}` }
}

function describeError(description: string, code: string, data: unknown): OpenAPI.ResponseObject {
  const schema = {
    type: 'object',
    properties: { code: { const: code }, message: { type: 'string' }, data },
    required: ['code', 'message', 'data'],
  }
  return { description, content: { 'application/json': { schema: schema as OpenAPI.SchemaObject } } }
}

/**
 * Removes the limits of JavaScript numbers, unused query styles, and `readOnly`: it comes from TypeScript's `readonly`,
 * but would mean that requests omit the field.
 */
function withoutNoise(document: OpenAPI.Document): OpenAPI.Document {
  return JSON.parse(JSON.stringify(document), (key, value) => {
    const isNoise =
      key === 'allowEmptyValue' ||
      key === 'allowReserved' ||
      key === 'readOnly' ||
      ((key === 'minimum' || key === 'maximum') && Math.abs(value) === Number.MAX_SAFE_INTEGER)
    return isNoise ? undefined : value
  })
}
