import { describe, expect, test } from 'vitest'
import { addTotals, formatTotals, noTotals, playwrightTotals, vitestTotals } from '#tests/support/totals.ts'

const green = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] }
const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
})

describe('the totals of vitest', () => {
  test('skipped and planned tests are skipped', () => {
    expect(vitestTotals(green)).toEqual({ passed: 3, failed: 0, skipped: 2 })
  })

  test('a file that cannot be loaded counts as a failure', () => {
    const testResults = [file('failed'), file('failed', 'passed', 'failed'), file('passed', 'passed')]
    expect(vitestTotals({ ...green, numFailedTests: 1, testResults }).failed).toBe(2)
  })
})

describe('the totals of Playwright', () => {
  const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 1 }

  test('what went as expected has passed', () => {
    expect(playwrightTotals({ errors: [], stats })).toEqual({ passed: 5, failed: 0, skipped: 1 })
  })

  test('a flaky test has failed', () => {
    expect(playwrightTotals({ errors: [], stats: { ...stats, unexpected: 1, flaky: 2 } }).failed).toBe(3)
  })

  test('an error outside every test is a failure', () => {
    expect(playwrightTotals({ errors: [{ message: 'cannot load' }], stats }).failed).toBe(1)
  })
})

test('a report of another shape is refused, not counted as nothing', () => {
  expect(() => vitestTotals({})).toThrow()
  expect(() => playwrightTotals({})).toThrow()
})

test('totals add up', () => {
  const one = { passed: 1, failed: 2, skipped: 3 }
  expect(addTotals(addTotals(noTotals, one), one)).toEqual({ passed: 2, failed: 4, skipped: 6 })
})

describe('the last line', () => {
  test.each([
    [{ passed: 12, failed: 0, skipped: 0 }, '12 passed, 0 failed'],
    [{ passed: 12, failed: 1, skipped: 2 }, '12 passed, 1 failed, 2 skipped'],
  ])('%j', (totals, line) => {
    expect(formatTotals(totals)).toBe(line)
  })
})
