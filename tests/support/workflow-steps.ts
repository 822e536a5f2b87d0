import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectFolder } from '#electron/dev/built-files.ts'
import { packagerModule } from './packaged-program.ts'

const run = promisify(execFile)
const yaml = packagerModule('js-yaml') as { load(text: string): unknown }

export interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

interface Workflow {
  readonly defaults?: { readonly run?: { readonly shell?: string } }
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>
}

/** One of the project's workflows. */
export async function readWorkflow(name: 'checks' | 'release'): Promise<Workflow> {
  const text = await readFile(join(projectFolder, '.github/workflows', `${name}.yml`), 'utf8')
  return yaml.load(text) as Workflow
}

/** The steps of a job of the workflow that makes a release. */
export async function releaseSteps(job: 'package' | 'draft'): Promise<readonly Step[]> {
  return (await readWorkflow('release')).jobs[job]?.steps ?? []
}

/** The step with this name; throws when there is none, or none that runs something. */
export function scriptOf(steps: readonly Step[], name: string): string {
  const script = steps.find((step) => step.name === name)?.run
  if (script === undefined) throw new Error(`no step “${name}” runs anything`)
  return script
}

/** Runs what a step says as the workflow does: in bash, in `folder`, for one of the systems. Throws when it fails. */
export async function runScript(
  script: string,
  folder: string,
  system: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  const said = script.replace(/\$\{\{ matrix\.system \}\}/g, system)
  const env = { ...process.env, ...environment }
  const { stdout } = await run('/bin/bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', said], {
    cwd: folder,
    env,
  })
  return stdout
}
