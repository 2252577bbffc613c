/** A small tree with the layout of the real one: files that keep to the allow-list, and what each imports. */
const RIGHTFUL: Readonly<Record<string, readonly string[]>> = {
  'apps/api/api.module.ts': ['#postgres/connect', '#event-store/postgres-log'],
  'libs/application/use-case.ts': ['#event-store/log.port'],
  'libs/domain/ids.ts': [],
  'libs/domain/member/member.decider.ts': ['../ids'],
  'libs/domain/other-half.ts': ['./circle-a'],
  'libs/event-store/log.port.ts': [],
  'libs/event-store/postgres-log.ts': ['pg', './log.port'],
  'libs/kernel/message.ts': [],
  'libs/keys/memory-keys.ts': ['#event-store/log.port'],
  'libs/postgres/connect.ts': ['pg'],
  'libs/read-store/certificates/certify.ts': ['../subscriptions/runtime', '../as-of/as-of'],
  'libs/read-store/subscriptions/runtime.ts': ['../builds/register', '../processes/process-runner'],
  'libs/read-store/reporting-views/views.ts': ['../builds/register'],
  'libs/read-store/builds/register.ts': ['../processes/process-runner', '../parked/parked'],
  'libs/read-store/processes/process-runner.ts': ['../parked/parked'],
  'libs/read-store/parked/parked.ts': ['../fold/fold'],
  'libs/read-store/as-of/as-of.ts': ['../fold/fold', '../query/query'],
  'libs/read-store/fold/fold.ts': ['../change-feed/changes', '../checkpoints/checkpoints', '../worker/run'],
  'libs/read-store/personal-text/texts.ts': ['../checkpoints/checkpoints'],
  'libs/read-store/change-feed/changes.ts': ['../checkpoints/checkpoints'],
  'libs/read-store/checkpoints/checkpoints.ts': ['../tables/table-names'],
  'libs/read-store/query/query.ts': ['../tables/table-names'],
  'libs/read-store/tables/table-names.ts': ['../read-model', 'kysely'],
  'libs/read-store/worker/run.ts': ['node:worker_threads'],
  'libs/read-store/read-model.ts': ['#kernel/message'],
  'libs/testing/people.ts': [],
  'projections/hours/hours.projection.ts': ['#domain/ids', '#kernel/message'],
  'projections/hours/hours.table.ts': ['kysely', '#read-store/read-model'],
};

/** Each breaks one line of the allow-list. */
const WRONG: Readonly<Record<string, string>> = {
  'apps/api/imports-adapter.controller.ts': '#event-store/postgres-log',
  'apps/api/imports-driver.controller.ts': 'pg',
  'apps/api/imports-postgres.controller.ts': '#postgres/connect',
  'apps/cli/imports-api.ts': '#apps/api/api.module',
  'apps/web/imports-server.tsx': '#apps/api/api.module',
  'libs/application/imports-adapter.ts': '#event-store/postgres-log',
  'libs/application/imports-driver.ts': 'pg',
  'libs/application/imports-postgres.ts': '#postgres/connect',
  'libs/application/imports-testing.ts': '#testing/people',
  'libs/domain/circle-a.ts': './other-half',
  'libs/domain/imports-application.ts': '#application/use-case',
  'libs/domain/imports-nest.ts': '@nestjs/common',
  'libs/domain/imports-node.ts': 'node:fs',
  'libs/event-store/imports-application.ts': '#application/use-case',
  'libs/event-store/imports-nest.ts': '@nestjs/common',
  'libs/feed-client/imports-kernel.ts': '#kernel/message',
  'libs/kernel/imports-domain.ts': '#domain/ids',
  'libs/kernel/imports-node.ts': 'node:crypto',
  'libs/keys/imports-adapter-of-another.ts': '#event-store/postgres-log',
  'libs/matching/imports-decider.ts': '#domain/member/member.decider',
  'libs/newcomer/imports-kernel-unlisted.ts': '#kernel/message',
  'libs/read-store/imports-a-room.ts': './tables/table-names',
  'libs/read-store/subscriptions/imports-certificates.ts': '../certificates/certify',
  'libs/read-store/reporting-views/imports-subscriptions.ts': '../subscriptions/runtime',
  'libs/read-store/builds/imports-subscriptions.ts': '../subscriptions/runtime',
  'libs/read-store/processes/imports-builds.ts': '../builds/register',
  'libs/read-store/parked/imports-processes.ts': '../processes/process-runner',
  'libs/read-store/as-of/imports-parked.ts': '../parked/parked',
  'libs/read-store/fold/imports-as-of.ts': '../as-of/as-of',
  'libs/read-store/personal-text/imports-fold.ts': '../fold/fold',
  'libs/read-store/change-feed/imports-personal-text.ts': '../personal-text/texts',
  'libs/read-store/checkpoints/imports-query.ts': '../query/query',
  'libs/read-store/query/imports-checkpoints.ts': '../checkpoints/checkpoints',
  'libs/read-store/tables/imports-checkpoints.ts': '../checkpoints/checkpoints',
  'libs/read-store/worker/imports-tables.ts': '../tables/table-names',
  'libs/read-store/newroom/imports-tables-unlisted.ts': '../tables/table-names',
  'projections/hours/imports-driver.projection.ts': 'pg',
  'projections/hours/imports-node.projection.ts': 'node:crypto',
  'projections/hours/imports-query-builder.projection.ts': 'kysely',
  'projections/risk/imports-another-projection.queries.ts': '#projections/hours/hours.table',
};

export const wrongFiles: readonly string[] = Object.keys(WRONG).sort();

const importing = (imports: readonly string[]): string =>
  [
    ...imports.map((name, index) => `import * as i${index} from '${name}';`),
    `export const all = [${imports.map((_, index) => `i${index}`)}];\n`,
  ].join('\n');

/** Path below the tree to what stands there. */
export const plantedFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(RIGHTFUL).map(([path, imports]) => [path, importing(imports)] as const),
    ...Object.entries(WRONG).map(([path, name]) => [path, importing([name])] as const),
  ]);
