const platformZones = Intl.supportedValuesOf('timeZone')

/** Every zone the platform knows, and `chosen` even where it goes by an older name. */
export function timeZoneChoices(chosen: string): string[] {
  return platformZones.includes(chosen) || chosen === '' ? platformZones : [chosen, ...platformZones]
}
