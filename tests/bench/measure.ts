/** The cost of some work. */
export interface Cost {
  readonly seconds: number
  readonly cpuMs: number
}

/** Runs the work and returns its cost to this process, with all its threads. */
export async function measure(work: () => Promise<void>): Promise<Cost> {
  const cpu = process.cpuUsage()
  const begun = performance.now()
  await work()
  const seconds = (performance.now() - begun) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { seconds, cpuMs: (user + system) / 1000 }
}

/** Returns the maximum memory of this process so far, in megabytes. */
export function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
