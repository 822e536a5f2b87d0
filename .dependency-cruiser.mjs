/**
 * Who may import whom (docs/ARCHITECTURE.md has the picture). Type-only imports count like any other.
 * TypeScript 7 has no JavaScript API, so swc does the parsing.
 */

/** Packages that only one place may import, so that they can be replaced: [name, place, reason]. */
const packageHomes = [
  ['electron', '^electron/(desktop|preload)/', 'The engine and the web host run without Electron.'],
  ['(sequelize|sqlite3|umzug)', '^electron/store/', 'SQL and its drivers belong in the store.'],
  ['undici', '^electron/gateways/', 'Only gateways/ sends HTTP requests to a gateway.'],
  ['bree', '^electron/scheduler/', 'Only the scheduler uses Bree.'],
  ['electron-log', '^electron/base/log[.]ts$', 'Everything is logged through electron/base/log, which masks secrets.'],
  ['(pdfkit|dejavu-fonts-ttf)', '^electron/exports/pdf-document[.]ts$', 'Only one file writes PDFs.'],
  ['fflate', '^electron/exports/zip-bytes[.]ts$', 'Only one file writes archives.'],
  ['read-excel-file', '^electron/scheduler/jobs/read-sheet[.]ts$', 'Workbooks are read in their own thread.'],
  ['swagger-ui-dist', '^electron/web/', 'Only the web host serves the API reference.'],
  [
    '@orpc/(server|openapi|zod)',
    '^electron/(api|web|desktop)/|^electron/engine[.]ts$',
    'Only the API and its hosts use oRPC servers.',
  ],
  ['liquidjs', '^shared/domain/(request-)?template[.]ts$', 'All templates have the same limits.'],
]

/** Use cases that are too large for a handler. They do not import each other. */
const useCases = ['clients', 'deliveries', 'exports', 'gateways-setup', 'backups', 'lock']

/** The rooms of electron/, top first. Each may import only from the rooms in its list. */
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

/** The app of the console, above its features. */
const uppermost = '^renderer/(shell/|(app|main|routes)[.]tsx?$)'

function error(name, comment, from, to) {
  return { name, severity: 'error', comment, from, to }
}

export default {
  forbidden: [
    error('no-circles', 'Files that import each other belong together.', {}, { circular: true }),
    error('no-dead-ends', 'This import cannot be resolved.', {}, { couldNotResolve: true }),

    error(
      'shared-imports-nothing',
      'shared/ is pure and runs anywhere. It imports only zod, liquidjs, papaparse and the oRPC contract.',
      { path: '^shared/' },
      { pathNot: ['^shared/', '^node_modules/(zod|liquidjs|papaparse|@types/papaparse|@orpc/contract)/'] },
    ),
    error(
      'domain-does-not-import-contract',
      'The contract imports the domain, not the reverse.',
      { path: '^shared/domain/' },
      { path: '^shared/contract/' },
    ),
    error(
      'renderer-imports-only-shared',
      'The console reaches the engine through the contract.',
      { path: '^renderer/' },
      { path: '^(electron|tests)/' },
    ),
    error(
      'renderer-is-a-web-page',
      'The renderer runs without Node.',
      { path: '^renderer/', pathNot: '[.]config[.]ts$' },
      { dependencyTypes: ['core'] },
    ),
    error(
      'features-do-not-import-each-other',
      'Code that two features share belongs in renderer/components.',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    ),
    error(
      'only-the-app-imports-features',
      'One direction: api and components, then features, then the app.',
      { path: '^renderer/', pathNot: ['^renderer/features/', uppermost] },
      { path: '^renderer/features/' },
    ),
    error(
      'nothing-imports-the-app',
      'The app imports the rest, not the reverse.',
      { path: '^renderer/', pathNot: uppermost },
      { path: uppermost },
    ),
    error(
      'engine-does-not-import-renderer',
      'The engine runs without a user interface.',
      { path: '^electron/' },
      { path: '^(renderer|tests)/' },
    ),
    error(
      'product-does-not-import-tests',
      'The product does not depend on tests.',
      { pathNot: '^(tests/|playwright\\.config\\.ts$)' },
      { path: '^tests/' },
    ),

    ...Object.entries(rooms).map(([room, allowed]) =>
      error(
        `${room}-imports-down`,
        'Imports go down only: desktop|web → api → use cases → scheduler → sending → store | gateways.',
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
      'store-behind-its-ports',
      'Above the store, only its ports, its errors and its opening are known.',
      { path: '^electron/', pathNot: '^electron/store/' },
      {
        path: '^electron/store/',
        pathNot: '^electron/store/(ports/|(store|errors|open-errors|send-queue/open-send-queue)[.]ts$)',
      },
    ),
    error(
      'ports-know-no-store',
      'A port names values only, so that another store can implement it.',
      { path: '^electron/store/ports/' },
      { path: '^electron/store/', pathNot: '^electron/store/(ports/|errors[.]ts$)' },
    ),
    error(
      'every-room-has-its-rule',
      'A new room needs a line in .dependency-cruiser.mjs.',
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
      'no-dev-dependencies',
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
