/**
 * Who may import whom, as an allow-list; docs/architecture.md says why. What no line allows is an error, so that a new folder
 * or package must be let in by name. `test/architecture` plants violations to prove that this list catches them.
 */
const npm = (...names) => `node_modules/(@types/)?(${names.join('|')})/`;
const lib = (...names) => `^libs/(${names.join('|')})/`;
const any = (...patterns) => patterns.join('|');

const specs = any('\\.(spec|fixture|contract)\\.ts$', lib('testing'), '^libs/[^/]+/testing/', '^(test|bench)/');
const oracle = '^test/oracle/';
const ports = '^libs/[^/]+/[^/]+\\.port\\.ts$';
const nest = npm('@nestjs/common', '@nestjs/cqrs', 'reflect-metadata', 'rxjs');
const validation = npm('class-validator', 'class-transformer');
const drivers = npm('pg', 'pg-copy-streams', 'pg-cursor', 'kysely', '@eventstore/db-client');
const stores = ['event-store', 'read-store', 'keys', 'audit', 'topics', 'backup', 'sign-in'];
/** The rooms of the read store, from the top down: each may import those below its line, and the files at its door. */
const rooms = [
  ['certificates'],
  ['subscriptions', 'reporting-views'],
  ['builds'],
  ['processes'],
  ['parked', 'as-of'],
  ['fold'],
  ['personal-text', 'change-feed'],
  ['query'],
  ['checkpoints'],
  ['tables'],
  ['worker'],
];
const room = (...names) => `^libs/read-store/(${names.join('|')})/`;
const door = '^libs/read-store/[^/]+\\.ts$';
/** Those of the log in EventStoreDB: what uses its client may import what is below. */
const clientRooms = ['appending', 'reading', 'client'];
const clientRoom = (...names) => `^libs/event-store/eventstoredb/(${names.join('|')})/`;
const aggregates = ['network', 'member', 'offer', 'request', 'match', 'round', 'exchange', 'incident', 'audit', 'retention'];
const useCases = (...names) => `^libs/application/(${names.join('|')})/`;
const builtIn = { dependencyTypes: ['core'] };

/** Files of a server-side app that put adapters together. */
const wiring = [
  '^apps/installation/',
  '^apps/[^/]+/(main|start)\\.ts$',
  '^apps/.*\\.module\\.ts$',
  '^apps/cli/(certify/certify|data/backup|data/token|log/adopt|log/logs|log/one-log)\\.ts$',
];
const server = '^apps/(api|projector|cli|demo|telemetry|audit|installation)/';

const allowed = [
  // specs, contract suites, testing, test and bench: anything
  { from: { path: specs, pathNot: oracle }, to: {} },
  // the second implementation of the figures: what events are, and nothing that folds them
  {
    from: { path: oracle },
    to: { path: any(oracle, lib('kernel'), '^libs/domain/(.*\\.events|catalogue|ids|vocabulary|network/policy)\\.ts$') },
  },

  // kernel: nothing, not even Node
  { from: { path: lib('kernel') }, to: { path: lib('kernel') } },

  // domain and matching: kernel; matching: domain events and their words too
  { from: { path: lib('domain') }, to: { path: lib('domain', 'kernel') } },
  {
    from: { path: lib('matching') },
    to: { path: any(lib('matching', 'kernel'), '^libs/domain/(.*\\.events|ids|vocabulary|network/policy)\\.ts$') },
  },

  // a fold: kernel, domain, its own folder
  { from: { path: '^projections/([^/]+)/' }, to: { path: '^projections/$1/' } },
  { from: { path: '^projections/' }, to: { path: any(lib('kernel', 'domain'), '^libs/read-store/read-model\\.ts$') } },
  // the list of projections
  { from: { path: '^projections/[^/]+\\.ts$' }, to: { path: '^projections/' } },
  // queries and tables: the query builder and the read store as well
  {
    from: { path: '^projections/', pathNot: '\\.projection\\.ts$' },
    to: { path: any(lib('read-store'), '^libs/topics/topics\\.port\\.ts$', nest, validation, npm('kysely', '@nestjs/swagger')) },
  },

  // searching: its own files, and the query builder where it writes conditions; whoever keeps or asks for texts by words
  { from: { path: lib('search') }, to: { path: any(lib('search'), '^libs/kernel/') } },
  { from: { path: '^libs/search/.*-sql\\.ts$' }, to: { path: npm('kysely') } },
  {
    from: { path: any(lib('read-store', 'topics'), '^projections/.*(\\.queries|search)\\.ts$', '^apps/api/') },
    to: { path: lib('search') },
  },

  // the stores: kernel, drivers, one another by port only; the codec: the domain's events
  ...stores
    .filter((name) => name !== 'read-store')
    .map((name) => ({ from: { path: lib(name), pathNot: clientRoom(...clientRooms) }, to: { path: lib(name) } })),
  ...clientRooms.map((name, line) => ({
    from: { path: clientRoom(name) },
    to: { path: any(clientRoom(...clientRooms.slice(line)), '^libs/event-store/[^/]+\\.ts$') },
  })),
  { from: { path: door }, to: { path: door } },
  ...rooms.flatMap((names, line) =>
    names.map((name) => ({ from: { path: room(name) }, to: { path: any(room(name, ...rooms.slice(line + 1).flat()), door) } })),
  ),
  { from: { path: lib(...stores) }, to: { path: any(lib('kernel'), ports, drivers) } },
  { from: { path: lib(...stores) }, to: builtIn },
  { from: { path: '^libs/(event-store/codec|topics/)' }, to: { path: any(lib('domain'), npm('@sinclair/typebox')) } },
  { from: { path: lib(...stores) }, to: { path: '^libs/postgres/(transaction|sql-state)\\.ts$' } },
  { from: { path: '^libs/(event-store|read-store|keys|audit)/.*postgres' }, to: { path: lib('postgres') } },

  // the database itself
  { from: { path: lib('postgres') }, to: { path: any(lib('postgres', 'kernel'), npm('pg')) } },
  { from: { path: lib('postgres') }, to: builtIn },

  // the client of live feeds: for anybody's program, so nothing of ours
  { from: { path: lib('feed-client') }, to: { path: lib('feed-client') } },

  // waiting for one another: for whoever runs beside others
  { from: { path: lib('async') }, to: { path: lib('async') } },
  { from: { path: any(lib(...stores, 'application', 'postgres'), '^apps/'), pathNot: '^apps/web/' }, to: { path: lib('async') } },

  // ids that follow from others
  { from: { path: lib('uuid') }, to: { path: '^(node:)?crypto$' } },
  { from: { path: lib('application', 'read-store') }, to: { path: lib('uuid') } },

  // CSV for spreadsheets: one writer for the command line and the API
  { from: { path: lib('csv') }, to: { path: any(lib('csv'), npm('csv-stringify')) } },

  // programs of whole numbers, solved by HiGHS: what such a program is, and the package
  { from: { path: lib('highs') }, to: { path: any(lib('highs'), '^libs/matching/exact/integer-program\\.ts$', npm('highs')) } },

  // pages to read and to print, whole in one file
  { from: { path: lib('html') }, to: { path: any(lib('html'), '^(node:)?crypto$') } },

  // use cases: the rules and the ports
  { from: { path: lib('application') }, to: { path: any(lib('domain', 'matching', 'kernel'), ports, nest, validation) } },
  // its door lists all; an aggregate's use cases know no other's; below them what dispatches, and what is asked
  { from: { path: '^libs/application/[^/]+\\.ts$' }, to: { path: lib('application') } },
  ...aggregates.map((name) => ({ from: { path: useCases(name) }, to: { path: useCases(name, 'dto', 'dispatch') } })),
  // what ends texts for good: an erasure's, and retention's
  { from: { path: useCases('member', 'retention') }, to: { path: useCases('erasure') } },
  { from: { path: useCases('erasure') }, to: { path: useCases('erasure', 'dispatch') } },
  { from: { path: useCases('processes') }, to: { path: useCases('processes', 'dispatch') } },
  { from: { path: useCases('dto') }, to: { path: useCases('dto', 'dispatch') } },
  { from: { path: useCases('dispatch') }, to: { path: useCases('dispatch') } },
  { from: { path: lib('application') }, to: { path: '^(node:)?(crypto|timers/promises)$' } },

  // apps: everything above by its front door; adapters in wiring files only
  { from: { path: '^apps/([^/]+)/' }, to: { path: '^apps/$1/' } },
  {
    from: { path: server },
    to: {
      path: any(
        lib('application', 'kernel', 'domain', 'read-store', 'audit', 'topics', 'csv', 'html'),
        '^projections/',
        ports,
        'node_modules/',
      ),
      pathNot: drivers,
    },
  },
  // whether a store failed, or what was asked of it
  { from: { path: server }, to: { path: '^libs/postgres/lost-server\\.ts$' } },
  { from: { path: server }, to: builtIn },
  { from: { path: server }, to: { path: '^apps/installation/' } },
  // whoever plays the demo
  { from: { path: '^apps/(cli/|api/start\\.ts$|api/start/)' }, to: { path: '^apps/demo/' } },
  // what API and projector tell of themselves
  { from: { path: '^apps/(api|projector)/' }, to: { path: '^apps/telemetry/' } },
  // what auditors are shown, whichever way they ask
  { from: { path: '^apps/(api|cli)/' }, to: { path: '^apps/audit/' } },
  { from: { path: wiring }, to: { path: any(lib(...stores, 'postgres', 'matching', 'highs'), drivers) } },

  // the web site: the generated client and its own packages, never the server's code
  { from: { path: '^apps/web/' }, to: { path: 'node_modules/' } },
  { from: { path: '^apps/web/[^/]+\\.mts$' }, to: builtIn },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  // a circle with a type-only step is none when it runs
  forbidden: [{ name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } }],
  allowed,
  allowedSeverity: 'error',
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)node_modules/\\.', '^dist/', '^apps/web/dist/'] },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.json'],
    },
  },
};
