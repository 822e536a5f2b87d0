import { type JsonStep, parseJsonPath, readJsonPath } from '#shared/domain/json-path.ts'
import { type AnswerRules, type JsonCondition, matchesStatus, type StatusPattern } from '#shared/domain/webhook.ts'

/** The rules of a gateway, compiled once and applied to every answer. */
export interface CompiledRules {
  readonly success: CompiledRule
  readonly refusal: CompiledRule
}

interface CompiledRule {
  readonly statuses: ReadonlySet<number>
  /** Null when the body does not matter. */
  readonly json: { readonly steps: readonly JsonStep[]; readonly value: JsonCondition['value'] } | null
}

/** Compiles rules. Throws when a path is invalid, which the contract rules out. */
export function compileRules({ success, refusal }: AnswerRules): CompiledRules {
  return { success: compileRule(success), refusal: compileRule(refusal) }
}

/** Whether the body has the value that a rule asks for; false when the rule asks for none, or the body is not JSON. */
export function holds({ json }: CompiledRule, parsed: unknown): boolean {
  return json !== null && readJsonPath(parsed, json.steps) === json.value
}

function compileRule({
  statuses,
  json,
}: {
  readonly statuses: readonly StatusPattern[]
  readonly json: JsonCondition | null
}): CompiledRule {
  const all = Array.from({ length: 400 }, (_, index) => 200 + index)
  return {
    statuses: new Set(all.filter((status) => matchesStatus(statuses, status))),
    json: json === null ? null : { steps: stepsOf(json.path), value: json.value },
  }
}

function stepsOf(path: string): readonly JsonStep[] {
  const result = parseJsonPath(path)
  if (!result.ok) throw new Error(`not a JSON path: ${path}`)
  return result.steps
}
