/** Returns a CSV file of n clients with phone, name, two tags, a time zone and one attribute. */
export function clientsCsv(count: number): File {
  const lines = ['phone;name;tags;timezone;city']
  for (let index = 0; index < count; index += 1) {
    lines.push(
      `"+7 ${900 + (index % 90)} ${String(1_000_000 + index).slice(-7)}";Client ${index};vip|group ${index % 20};Europe/Moscow;Town ${index % 300}`,
    )
  }
  return new File([lines.join('\n')], 'clients.csv', { type: 'text/csv' })
}
