/**
 * Who may import whom (docs/ARCHITECTURE.md has the picture). Type-only imports count like any other.
 * TypeScript 7 has no JavaScript API, so swc does the parsing.
 */

/** Packages that one place alone knows, so that another can take their place: [name, where, why]. */
const packageHomes = [
  ['electron', '^electron/(desktop|preload)/', 'The engine and the web host run without Electron.'],
  ['(sequelize|sqlite3|umzug)', '^electron/store/', 'SQL and its drivers stand in the store.'],
  ['undici', '^electron/gateways/', 'HTTP to the gateway stands in gateways/.'],
  ['bree', '^electron/scheduler/', 'Bree is known to the scheduler.'],
  [
    'electron-log',
    '^electron/base/log[.]ts$',
    'Everything is logged through electron/base/log, where ids are added and secrets masked.',
  ],
  ['(pdfkit|dejavu-fonts-ttf)', '^electron/exports/pdf-document[.]ts$', 'Pages are set in one place.'],
  ['fflate', '^electron/exports/zip-bytes[.]ts$', 'Archives are written in one place.'],
  ['read-excel-file', '^electron/scheduler/jobs/read-sheet[.]ts$', 'Workbooks are read in a thread of their own.'],
  ['swagger-ui-dist', '^electron/web/', 'The API reference is served by the web host.'],
  ['@orpc/(server|openapi|zod)', '^electron/(api|web|desktop)/|^electron/engine[.]ts$', 'The API is implemented once.'],
  ['liquidjs', '^shared/domain/(request-)?template[.]ts$', 'There is one template language, with one set of limits.'],
]

/** Use cases too big for one handler stand side by side. */
const useCases = ['clients', 'deliveries', 'exports', 'channel', 'backups', 'lock']

/** Rooms of the engine, the uppermost first; each may import only from those that stand in its list. */
const rooms = {
  web: ['web', 'api', 'clients', 'engine', 'dev'],
  desktop: ['desktop', 'api', 'engine'],
  preload: ['preload'],
  api: ['api', ...useCases, 'sending', 'scheduler', 'store', 'gateways'],
  ...Object.fromEntries(useCases.map((room) => [room, [room, 'sending', 'scheduler', 'store', 'gateways']])),
  scheduler: ['scheduler', 'sending', 'store', 'gateways'],
  sending: ['sending', 'store', 'gateways'],
  store: ['store'],
  gateways: ['gateways'],
}

/** What every room may use, such as the clock and the log. It imports no room. */
const base = '^electron/base/'

/** The console as a whole, above its features. */
const uppermost = '^renderer/(shell/|(app|main|routes)[.]tsx?$)'

function error(name, comment, from, to) {
  return { name, severity: 'error', comment, from, to }
}

export default {
  forbidden: [
    error('no-circles', 'Two files that need each other are one thought.', {}, { circular: true }),
    error('no-dead-ends', 'This import leads nowhere.', {}, { couldNotResolve: true }),

    error(
      'shared-stands-alone',
      'shared/ is pure and runs anywhere: zod, liquidjs, papaparse and the oRPC contract, nothing else.',
      { path: '^shared/' },
      { pathNot: ['^shared/', '^node_modules/(zod|liquidjs|papaparse|@types/papaparse|@orpc/contract)/'] },
    ),
    error(
      'domain-knows-no-contract',
      'The contract is made of the domain, not the other way round.',
      { path: '^shared/domain/' },
      { path: '^shared/contract/' },
    ),
    error(
      'renderer-sees-only-shared',
      'The console reaches the engine through the contract.',
      { path: '^renderer/' },
      { path: '^(electron|tests)/' },
    ),
    error(
      'renderer-is-a-web-page',
      'The renderer has no Node.',
      { path: '^renderer/', pathNot: '[.]config[.]ts$' },
      { dependencyTypes: ['core'] },
    ),
    error(
      'features-stand-side-by-side',
      'What two features share stands in renderer/components.',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    ),
    error(
      'features-are-used-by-the-app-alone',
      'One direction: api and components, then features, then the app.',
      { path: '^renderer/', pathNot: ['^renderer/features/', uppermost] },
      { path: '^renderer/features/' },
    ),
    error(
      'app-is-uppermost',
      'The app knows the rest, not the other way round.',
      { path: '^renderer/', pathNot: uppermost },
      { path: uppermost },
    ),
    error(
      'engine-never-sees-the-renderer',
      'The engine runs without a screen.',
      { path: '^electron/' },
      { path: '^(renderer|tests)/' },
    ),
    error(
      'product-never-sees-tests',
      'What ships does not depend on tests.',
      { pathNot: '^(tests/|playwright\\.config\\.ts$)' },
      { path: '^tests/' },
    ),

    ...Object.entries(rooms).map(([room, allowed]) =>
      error(
        `${room}-looks-down`,
        'Downwards only: desktop|web → api → use cases → scheduler → sending → store | gateways.',
        { path: `^electron/${room}/` },
        {
          path: '^electron/',
          pathNot: [
            base,
            ...allowed.map((name) => (name === 'engine' ? '^electron/engine[.]ts$' : `^electron/${name}/`)),
          ],
        },
      ),
    ),
    error(
      'every-room-has-its-rule',
      'A new room needs its line in .dependency-cruiser.mjs.',
      { path: '^electron/[^/]+/', pathNot: `^electron/(base|dev|${Object.keys(rooms).join('|')})/` },
      {},
    ),
    error(
      'base-imports-no-room',
      'Every room may use electron/base, so it imports none.',
      { path: base },
      { path: '^electron/', pathNot: base },
    ),
    error(
      'dev-imports-no-room',
      'The development tools run before the program is built.',
      { path: '^electron/dev/' },
      { path: '^electron/', pathNot: '^electron/dev/' },
    ),
    error(
      'engine-knows-no-host',
      'The engine does not know which host runs it.',
      { path: '^electron/engine[.]ts$' },
      { path: '^electron/(desktop|web|preload|start)' },
    ),
    error(
      'hosts-are-started-by-start-alone',
      'Nothing imports a host but its own files and start.ts.',
      { pathNot: '^(tests/|electron/start[.]ts$|electron/(web|desktop|preload)/)' },
      { path: '^electron/(web|desktop|preload)/' },
    ),

    ...packageHomes.map(([name, home, why]) =>
      error(
        `home-of-${name.replace(/\W+/g, '-').replace(/^-|-$/g, '')}`,
        why,
        { path: '^(electron|renderer|shared)/', pathNot: home },
        { path: `^node_modules/${name}/` },
      ),
    ),
    error(
      'http-at-the-rim',
      'Node speaks HTTP in gateways/ and in the web host.',
      { path: '^electron/', pathNot: '^electron/(gateways|web)/' },
      { path: '^(node:)?https?2?$', dependencyTypes: ['core'] },
    ),
    error(
      'ships-what-it-uses',
      'The installed program has no devDependencies.',
      { path: '^(electron|shared)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/electron/' },
    ),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
}
