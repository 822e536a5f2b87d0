import type { FakeGateway, GatewayRequest, Reply } from './loopback-gateway.ts'
import { accepted, after } from './loopback-gateway.ts'
import type { WebProgram } from './web-program.ts'

/** The deliveries on the screens, by what they show. */
export interface ShownDeliveries {
  readonly running: number
  readonly completed: number
  readonly paused: number
  readonly scheduled: number
  /** Completed, except for uncertain messages. */
  readonly uncertain: number
}

const people = {
  ru: {
    first: ['Анна', 'Борис', 'Вера', 'Глеб', 'Дарья', 'Егор', 'Жанна', 'Захар', 'Ирина', 'Кирилл', 'Лидия', 'Максим'],
    last: [
      'Петренко',
      'Ким',
      'Черных',
      'Дурново',
      'Саакян',
      'Ткач',
      'Гончар',
      'Бондарь',
      'Живаго',
      'Долгих',
      'Мельник',
    ],
  },
  en: {
    first: ['Alice', 'Brian', 'Carol', 'David', 'Emma', 'Frank', 'Grace', 'Henry', 'Isla', 'Jack'],
    last: ['Archer', 'Baker', 'Cooper', 'Dyer', 'Fisher', 'Mason', 'Potter', 'Turner', 'Weaver'],
  },
}
const places = [
  ['Москва', 'Europe/Moscow'],
  ['Калининград', 'Europe/Kaliningrad'],
  ['Самара', 'Europe/Samara'],
  ['Екатеринбург', 'Asia/Yekaterinburg'],
  ['Новосибирск', 'Asia/Novosibirsk'],
  ['Владивосток', 'Asia/Vladivostok'],
] as const
const operatorCodes = ['900', '903', '911', '916', '921', '926', '960', '999']

/** Returns the same value for the same n. */
function nth<Item>(items: readonly Item[], n: number): Item {
  const item = items[n % items.length]
  if (item === undefined) throw new Error('there is nothing to choose from')
  return item
}

function personLine(n: number): string {
  const { first, last } = n % 3 === 2 ? people.en : people.ru
  const [city, timeZone] = nth(places, Math.floor(n / 4) + (n % 7))
  const tags = [
    'newsletter',
    ...(n % 5 === 0 ? ['vip'] : []),
    ...(n % 4 === 1 ? ['клуб'] : []),
    ...(n % 9 === 0 ? ['new'] : []),
  ]
  const phone = `7${nth(operatorCodes, n * 5)}${String(1_204_817 + n * 1_733).slice(-7)}`
  return [phone, `${nth(first, n * 7)} ${nth(last, n)}`, tags.join(';'), timeZone, n % 40 === 7 ? '' : city].join(',')
}

/** An import file with a few rows that are refused. */
export function exampleCsv(): Buffer {
  const good = Array.from({ length: 60 }, (_, n) => personLine(n))
  const bad = [
    '+7 (903) 12-45,Олег Ткач,vip,Europe/Moscow,Москва',
    ',Nora Potter,newsletter,Europe/Samara,Самара',
    '+1 202 555 0143,Ian Dyer,new,America/New_York,Washington',
    '79161234567,Пётр Ким,клуб,Moscow,Москва',
  ]
  const lines = bad.reduce((all, line, n) => all.toSpliced(9 + n * 14, 0, line), good)
  return Buffer.from(`phone,name,tags,timezone,city\n${lines.join('\n')}\n`)
}

const texts = {
  running: 'Hello, {{ name }}! Your November bill is ready. Pay it by the 30th and the next month’s delivery is free.',
  completed:
    'Здравствуйте, {{ name }}! С 1 декабря мы ждём вас по новому адресу: {{ city | default: "ваш город" }}, Садовая, 12.',
  paused: 'Dear {{ name }}, from Monday on we are open from 9 to 21, also on Sundays.',
  cancelled: '{{ name }}, сегодня скидка 30 % на всё!',
  uncertain: '{{ name }}, ваш заказ готов. Мы ждём вас сегодня до 21:00.',
}

/** Answers as slowly and with as many errors as a real gateway. */
async function answer({ id, turn, text }: GatewayRequest): Promise<Reply> {
  const isSlow = /bill|open from|скидка/.test(text)
  const wait = isSlow ? 300 + ((id * 7919) % 300) : 4
  if (id % 37 === 5)
    return after(wait, {
      status: 422,
      body: '{"code":12,"message":"the subscriber has blocked messages from companies"}',
    })
  if (id % 53 === 7) return after(wait, { status: 404, body: '{"code":4,"message":"номер не обслуживается"}' })
  if (id % 29 === 3 && turn === 1)
    return after(wait, { status: 503, body: '{"code":9,"message":"overloaded, try again later"}' })
  return after(wait, accepted)
}

/** Fills a new store with a small firm's data; one delivery is still running. */
export async function fillStore(herald: WebProgram, gateway: FakeGateway): Promise<ShownDeliveries> {
  const { client } = herald
  gateway.answer(answer)
  await client.gateway.update({ kind: 'http', url: gateway.url, token: exampleToken(), concurrency: 32 })
  await importPeople(herald)
  for (let times = 0; times < 3; times += 1) await client.backups.make()
  await client.segments.create({
    name: 'Постоянные, Москва и Самара',
    filter: { tags: ['vip', 'клуб'], timeZones: ['Europe/Moscow', 'Europe/Samara'], excludeTags: ['newsletter'] },
  })
  await client.segments.create({ name: 'Newsletter', filter: { tags: ['newsletter'] } })

  const completed = await deliver(herald, 'Новый адрес', { text: texts.completed })
  await deliver(herald, 'Winter sale', {
    text: 'Hello, {{ name }}! Everything for the winter is 20 % off until Sunday.',
    filter: { tags: ['newsletter'], excludeTags: ['клуб'] },
  })
  const cancelled = await begin(herald, 'Скидка дня', { text: texts.cancelled, filter: { tags: ['клуб'] } }, 120)
  await client.deliveries.cancel({ id: cancelled })
  const paused = await begin(herald, 'New opening hours', { text: texts.paused, filter: { tags: ['vip'] } }, 250)
  await client.deliveries.pause({ id: paused })

  const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000)
  tomorrow.setUTCHours(7, 0, 0, 0)
  const { id: scheduled } = await client.deliveries.create({
    name: 'Напоминание о записи',
    text: 'Ждём вас завтра, {{ name }}!',
    filter: { tags: ['vip', 'клуб'] },
    startsAt: tomorrow.toISOString(),
    window: { from: '10:00', to: '20:00' },
    ratePerSecond: 50,
  })
  await client.deliveries.create({
    name: 'Spring collection',
    text: 'Something new is coming, {{ name }}…',
    draft: true,
  })

  const uncertain = await cutOff(herald, gateway, 'Заказ готов', { text: texts.uncertain, filter: { tags: ['new'] } })

  // Eight at once, so that it still runs at the last screenshot that shows it.
  await client.gateway.update({ concurrency: 8 })
  const running = await begin(herald, 'November bills', { text: texts.running, filter: { excludeTags: ['vip'] } }, 900)
  return { running, completed, paused, scheduled, uncertain }
}

/** A JWT with an expiry and no other use. */
function exampleToken(): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const exp = Math.floor(Date.now() / 1000) + 200 * 24 * 60 * 60
  return `${part({ alg: 'HS256' })}.${part({ name: 'herald', exp })}.signature`
}

async function importPeople({ client }: WebProgram): Promise<void> {
  const lines = Array.from({ length: 3_100 }, (_, n) => personLine(n))
  const csv = new File([`phone,name,tags,timezone,city\n${lines.join('\n')}\n`], 'clients.csv')
  for await (const event of await client.clients.import({ csv }))
    if (event.kind === 'refusals') throw new Error(JSON.stringify(event.refusals[0]))
  const { results } = await client.clients.page({ limit: 1000 })
  for (const { id } of results.filter((_, n) => n % 41 === 3))
    await client.clients.update({ id, optedOutAt: new Date().toISOString() })
}

type DeliveryOptions = Omit<Parameters<WebProgram['client']['deliveries']['create']>[0], 'name'>

async function deliver(herald: WebProgram, name: string, options: DeliveryOptions): Promise<number> {
  return begin(herald, name, options, Number.POSITIVE_INFINITY)
}

/** Starts a delivery and waits until `enough` of its messages, or all, are sent. */
async function begin({ client }: WebProgram, name: string, options: DeliveryOptions, enough: number): Promise<number> {
  const news = await client.progress.live()
  const { id } = await client.deliveries.create({ name, ...options })
  for await (const event of news)
    if (
      event.type === 'delivery' &&
      event.id === id &&
      (event.status === 'completed' || event.messages.byStatus.sent >= enough)
    )
      return id
  throw new Error('the program ended in the middle of a delivery')
}

/** Kills the program in the middle of a delivery, with the setting that leaves interrupted messages uncertain. */
async function cutOff(
  herald: WebProgram,
  gateway: FakeGateway,
  name: string,
  options: DeliveryOptions,
): Promise<number> {
  const [inFlight, answered] = [24, 120]
  await herald.client.gateway.update({ interrupted: 'hold', concurrency: inFlight })
  const last = gateway.requests.length + answered
  gateway.answer((request) => (gateway.requests.length <= last ? answer(request) : 'hang'))
  const { id } = await herald.client.deliveries.create({ name, ...options })
  await gateway.received(last + inFlight)
  await herald.kill()
  gateway.answer(answer)
  await herald.startAgain()
  const news = await herald.client.progress.live()
  if ((await herald.client.deliveries.get({ id })).status === 'completed') return id
  for await (const event of news)
    if (event.type === 'delivery' && event.id === id && event.status === 'completed') return id
  throw new Error('the program ended in the middle of a delivery')
}
