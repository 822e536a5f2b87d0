import { type JsonStep, parseJsonPath, readJsonPath } from '#shared/domain/json-path.ts'
import { type AnswerRules, type JsonCondition, matchesStatus, type StatusPattern } from '#shared/domain/webhook.ts'

/** The rules of a gateway, made ready to be asked for every answer. */
export interface CompiledRules {
  readonly success: CompiledRule
  readonly refusal: CompiledRule
}

interface CompiledRule {
  readonly statuses: ReadonlySet<number>
  /** Null when the body does not matter. */
  readonly json: { readonly steps: readonly JsonStep[]; readonly value: JsonCondition['value'] } | null
}

/** Reads rules once. Throws when a path in them is none, which the contract does not let through. */
export function compileRules({ success, refusal }: AnswerRules): CompiledRules {
  return { success: compileRule(success), refusal: compileRule(refusal) }
}

/** Whether the body has the value that a rule wants to see; false when the rule wants none, or the body is no JSON. */
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
  if (!result.ok) throw new Error(`no path into JSON: ${path}`)
  return result.steps
}
