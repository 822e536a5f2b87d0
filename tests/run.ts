/**
 * `npm test`: all checks in order, up to the first stage that fails.
 * Its last line is the true total of all runners, `N passed, N failed` (and `, N skipped` when there are any).
 */
import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import process from 'node:process'
import { addTotals, formatTotals, noTotals, playwrightTotals, type Totals, vitestTotals } from './support/totals.ts'

interface Stage {
  readonly name: string
  readonly command: string
  /** The file with the runner's results, for a stage that runs tests. */
  readonly results?: { readonly file: string; read(report: unknown): Totals }
}

const vitestReport = 'test-results/vitest.json'
const playwrightReport = 'test-results/playwright.json'

const stages: readonly Stage[] = [
  { name: 'check', command: 'npm run check' },
  { name: 'build', command: 'npm run build' },
  {
    name: 'unit and integration tests',
    command: `vitest run --reporter=default --reporter=json --outputFile.json=${vitestReport}`,
    results: { file: vitestReport, read: vitestTotals },
  },
  {
    name: 'end-to-end tests',
    command: 'playwright test',
    results: { file: playwrightReport, read: playwrightTotals },
  },
]

/** Runs a command on this terminal. Returns its exit code, or 1 if a signal ended it. */
function run(command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { stdio: ['ignore', 'inherit', 'inherit'], shell: true })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** Returns the results of a stage. A failed stage has one or more failures, even if its runner reports none. */
async function runStage(stage: Stage): Promise<Totals> {
  if (stage.results !== undefined) await rm(stage.results.file, { force: true })
  const exitCode = await run(stage.command)
  const totals = stage.results === undefined ? noTotals : await readTotals(stage.results)
  const failed = totals.failed > 0 || exitCode !== 0 || (stage.results !== undefined && totals.passed === 0)
  return failed ? { ...totals, failed: Math.max(totals.failed, 1) } : totals
}

async function readTotals(results: NonNullable<Stage['results']>): Promise<Totals> {
  try {
    return results.read(JSON.parse(await readFile(results.file, 'utf8')))
  } catch (error) {
    console.error(`${results.file} cannot be read: ${String(error)}`)
    return { ...noTotals, failed: 1 }
  }
}

let totals = noTotals
let broken: Stage | undefined
for (const stage of stages) {
  console.log(`\n=== ${stage.name}: ${stage.command}`)
  const result = await runStage(stage)
  totals = addTotals(totals, result)
  if (result.failed > 0) {
    broken = stage
    break
  }
}
if (broken !== undefined) {
  const left = stages.slice(stages.indexOf(broken) + 1).map((stage) => stage.name)
  console.log(`\n=== FAILED: ${broken.name}${left.length === 0 ? '' : `; not run: ${left.join(', ')}`}`)
}
console.log(`\n${formatTotals(totals)}`)
process.exitCode = broken === undefined ? 0 : 1
