/** What a stretch of work cost. */
export interface Cost {
  readonly seconds: number
  readonly cpuMs: number
}

/** Runs the work and tells what it cost this process, all its threads included. */
export async function measure(work: () => Promise<void>): Promise<Cost> {
  const cpu = process.cpuUsage()
  const begun = performance.now()
  await work()
  const seconds = (performance.now() - begun) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { seconds, cpuMs: (user + system) / 1000 }
}

/** The most memory this process has held so far, in megabytes. */
export function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
