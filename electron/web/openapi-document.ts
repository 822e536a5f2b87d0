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

Every request carries the token: \`Authorization: Bearer T\`. This page sends the cookie that its link left, so that trying things out needs no token.
Every address answers with and without its last slash. Lists take \`limit\` (50 unless given, at most 1000) and \`offset\`.
An error is \`{ code, message, data }\`, its message in words.
While the console is locked every address answers 423, and nothing is done: try again later. No address unlocks it; what is to be sent is sent all the same.`

type Converted = [required: boolean, jsonSchema: Exclude<JSONSchema, boolean>]

let described: Promise<OpenAPI.Document> | undefined

/** The OpenAPI document of the REST API, made from the contract once; `origin` is the address that it was asked at. */
export async function describeApi(origin: string): Promise<OpenAPI.Document> {
  described ??= generate()
  return { ...(await described), servers: [{ url: origin }] }
}

/** An interceptor: what a schema of the contract says of itself in `meta`. */
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
      { name: 'Clients', description: 'The people in the directory' },
      { name: 'Do not contact', description: 'Phones that nothing is sent to, known or not' },
      { name: 'Deliveries', description: 'Broadcasts, from draft to the last message' },
      { name: 'Messages', description: 'One text to one client, and what became of it' },
      { name: 'Statistics', description: 'Counts per status, errors, results over time' },
    ],
    security: [{ token: [] }],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'What the door was opened with' } },
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

const successWords: Readonly<Record<string, string>> = { 200: 'Done', 201: 'Made', 204: 'Done, nothing to show' }

/** Keeps the success, and adds the errors that can occur here, those of the host among them. */
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
      401: { description: 'No token, or a wrong one' },
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

/** oRPC describes the value of a parameter; readers look for the description beside its name. */
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
    // oRPC would have a list written as `tag[0]=vip`; a repeated `tag=vip` means the same.
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
 * Takes out limits that are only those of a number in JavaScript, ways to spell a query that nobody means, and `readOnly`, which
 * comes from types that forbid changes but would tell readers to leave the field out of their requests.
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
