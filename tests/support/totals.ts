import * as z from 'zod'

/** How many tests ended how. */
export interface Totals {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const noTotals: Totals = { passed: 0, failed: 0, skipped: 0 }

export function addTotals(one: Totals, other: Totals): Totals {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  }
}

/** The line that people and machines read. */
export function formatTotals({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`
}

const vitestReportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
})

/** Totals of vitest's json report. A file that fails without a failed test (it cannot be loaded) is one failure. */
export function vitestTotals(report: unknown): Totals {
  const parsed = vitestReportSchema.parse(report)
  const brokenFiles = parsed.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + brokenFiles.length,
    skipped: parsed.numPendingTests + parsed.numTodoTests,
  }
}

const playwrightReportSchema = z.object({
  errors: z.array(z.unknown()),
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
})

/** Totals of Playwright's json report. A flaky test has failed; an error outside any test is one failure. */
export function playwrightTotals(report: unknown): Totals {
  const { errors, stats } = playwrightReportSchema.parse(report)
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + (stats.unexpected === 0 ? errors.length : 0),
    skipped: stats.skipped,
  }
}
