import type { Pool, PoolClient } from 'pg';
import type { StoredEvent } from '#event-store/log.port';
import type { Mutant } from '../runner/self-test';
import type { Schedule } from './schedule';
import type { Ports } from './steps';
import type { ErasureHarness } from './harness';

export interface MutantSite {
  readonly harness: ErasureHarness;
  /** Whether a process was killed in this erasure. */
  readonly crashed: () => boolean;
}

/** A bug, and a schedule in which it shows. */
export interface ErasureMutant extends Mutant {
  readonly shows: Partial<Schedule>;
  readonly ports: (right: Ports, place: MutantSite) => Ports;
  readonly through: (pool: Pool) => Pool;
}

export const faultless: ErasureMutant = { bug: 'none', shows: {}, ports: (right) => right, through: (pool) => pool };

const PLAIN: Omit<Schedule, 'seed'> = {
  ...{ model: 'exchange-history', stands: 'well', seen: true, kill: null, writesAt: null },
  ...{ cached: false, underWay: false, reader: false },
};

const mutant = (
  bug: string,
  shows: Partial<Schedule>,
  ports: ErasureMutant['ports'],
  through: ErasureMutant['through'] = faultless.through,
): ErasureMutant => ({
  bug,
  shows: { ...PLAIN, ...shows },
  ports,
  through,
});

/** A pool whose statements are others. */
export const rewritten = (pool: Pool, instead: (statement: string) => string): Pool => {
  const queries = <T extends Pool | PoolClient>(of: T): T =>
    new Proxy(of, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (name === 'query')
          return (statement: unknown, ...more: unknown[]) =>
            (value as (...all: unknown[]) => unknown).call(target, typeof statement === 'string' ? instead(statement) : statement, ...more);
        if (name === 'connect') return async () => queries(await (target as Pool).connect());
        return typeof value === 'function' ? (value as (...all: unknown[]) => unknown).bind(target) : value;
      },
    });
  return queries(pool);
};

export const swapped = (statement: string): string =>
  statement === 'checkpoint' ? 'select pg_switch_wal()' : statement === 'select pg_switch_wal()' ? 'checkpoint' : statement;

/** Of a stream, what a read model has seen that may stand still. */
const seenBy = (model: string, { pool, log }: ErasureHarness) =>
  async function* (...of: Parameters<ErasureHarness['log']['readStream']>): AsyncIterable<StoredEvent> {
    const { rows } = await pool.query<{ position: string }>(`select position from read.projection where name = $1 and state = 'active'`, [
      model,
    ]);
    for await (const event of log.readStream(...of)) if (event.position <= (rows[0]?.position ?? '')) yield event;
  };

const keyless = (right: Ports): Ports => ({ ...right, ledger: { ...right.ledger, scrub: async () => true } });

export const MUTANTS: readonly ErasureMutant[] = [
  mutant('the exchanges come from a read model that stands still', { stands: 'paused', seen: false }, (right, { harness }) => {
    const seen = seenBy('exchange-history', harness);
    const { log } = right;
    const lagging: Ports['log'] = {
      ...{ logId: () => log.logId(), readAll: (read) => log.readAll(read), subscribe: (from) => log.subscribe(from) },
      ...{ head: () => log.head(), close: () => log.close(), append: (...of) => log.append(...of) },
      readStream: (stream, read) => (stream.startsWith('match-') ? seen(stream, read) : log.readStream(stream, read)),
    };
    return { ...right, log: lagging };
  }),
  mutant('it is recorded before the keys are gone from the caches', { cached: true }, (right) => ({ ...right, cacheMs: 0 })),
  mutant('what others wrote is forgotten', {}, (right) => ({
    ...right,
    keyring: { ...right.keyring, eraseStreams: async () => 0, whileUnused: (_network, _streams, work) => work() },
  })),
  mutant('others may write while it is recorded', { writesAt: 'rewrite-keys' }, (right) => ({
    ...right,
    keyring: { ...right.keyring, whileUnused: (_network, _streams, work) => work() },
  })),
  mutant('clear texts are left to a read model that stands still', { model: 'personal-text', stands: 'paused' }, (right) => ({
    ...right,
    texts: { erase: async () => undefined, scrub: async () => true },
  })),
  mutant(
    'a write of texts that is under way is not fenced off',
    { underWay: true, seen: false },
    (right) => right,
    (pool) => rewritten(pool, (statement) => statement.replace('lease_epoch = lease_epoch + 1', 'lease_epoch = lease_epoch')),
  ),
  mutant('the checkpoint comes before the switch of the write-ahead log', {}, keyless, (pool) => rewritten(pool, swapped)),
  mutant('the files of the texts are not rewritten', {}, (right) => ({ ...right, texts: { ...right.texts, scrub: async () => true } })),
  mutant('the files of the keys are not rewritten', {}, keyless),
  mutant(
    'files are rewritten while an older transaction is open, and nobody heeds what the server says of it',
    { reader: true },
    (right) => right,
    (pool) =>
      rewritten(pool, (statement) =>
        statement.replace('age(backend_xmin) >=', 'false and age(backend_xmin) >=').replace('full, verbose', 'full'),
      ),
  ),
  mutant('after a crash the step that follows is skipped', { kill: { step: 'forget', when: 'after' } }, (right, { crashed }) => ({
    ...right,
    texts: { ...right.texts, erase: async (of) => (crashed() ? undefined : right.texts.erase(of)) },
  })),
  mutant('after a crash the files are never rewritten', { kill: { step: 'erase-streams', when: 'before' } }, (right, { crashed }) => ({
    ...right,
    texts: { ...right.texts, scrub: async () => !crashed() },
  })),
];
