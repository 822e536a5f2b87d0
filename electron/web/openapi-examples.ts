/** Example requests by operation; each works as it is. */
export const requestExamples: Readonly<Record<string, unknown>> = {
  'clients.create': {
    phone: '+7 900 123-45-67',
    name: 'Anna',
    tags: ['vip'],
    timeZone: 'Europe/Moscow',
    attributes: { city: 'Tver' },
  },
  'clients.replace': { phone: '79001234567', name: 'Anna', tags: ['vip', 'moscow'] },
  'clients.update': { tags: ['vip', 'moscow'] },
  'deliveries.create': { text: 'Hello, {{ name | default: "friend" }}!', filter: { tags: ['vip'] }, draft: true },
  'deliveries.replace': { name: 'Greeting', text: 'Hello, {{ name | default: "friend" }}!', filter: { tags: ['vip'] } },
  'deliveries.update': { name: 'Greeting' },
}
