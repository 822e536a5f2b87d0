import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectFolder } from '#electron/dev/built-files.ts'
import { packagerModule } from './packaged-program.ts'

const run = promisify(execFile)
const yaml = packagerModule('js-yaml') as { load(text: string): unknown }

export interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

interface Workflow {
  readonly defaults?: { readonly run?: { readonly shell?: string } }
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>
}

/** Reads one of the project's workflows. */
export async function readWorkflow(name: 'checks' | 'release'): Promise<Workflow> {
  const text = await readFile(join(projectFolder, '.github/workflows', `${name}.yml`), 'utf8')
  return yaml.load(text) as Workflow
}

/** Returns the steps of a job of the release workflow. */
export async function releaseSteps(job: 'package' | 'draft'): Promise<readonly Step[]> {
  return (await readWorkflow('release')).jobs[job]?.steps ?? []
}

/** Returns the script of the step with this id. Throws if there is none. */
export function scriptOf(steps: readonly Step[], id: string): string {
  const script = steps.find((step) => step.id === id)?.run
  if (script === undefined) throw new Error(`no step “${id}” has a script`)
  return script
}

/** Runs a step's script like the workflow: in bash, in `folder`, for one of the systems. Throws if it fails. */
export async function runScript(
  script: string,
  folder: string,
  system: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  const expanded = script.replace(/\$\{\{ matrix\.system \}\}/g, system)
  const env = { ...process.env, ...environment }
  const { stdout } = await run('/bin/bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', expanded], {
    cwd: folder,
    env,
  })
  return stdout
}
