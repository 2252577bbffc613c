import { processes } from '#application/processes/processes';
import type { Installation } from '#apps/installation/installation';
import type { StoredEvent } from '#event-store/log.port';
import type { Instant } from '#kernel/id';
import { readModels } from '#projections/read-models';
import { commandIdOf } from '#read-store/processes/command-ids';
import { describeFault } from '#read-store/checkpoints/consumer';
import { dumpReadModels } from '#read-store/certificates/dump';
import { dumpFolded, foldInMemory } from '#read-store/fold/in-memory-fold';
import { startRuntime } from '#read-store/subscriptions/runtime';
import { READ_SCHEMA } from '#read-store/tables/table-names';
import { readHistory } from '../crash/history';
import type { Ledger } from '../crash/ledger';
import { checkInvariants as checkCrash } from '../crash/invariants';
import { collected, differencesOf, eventsAfter } from '../runner/differences';
import type { RestoreTarget } from './harness';
import { textsOf, type Source, type Texts } from './source';

/** What is known of one backup and of the installation that it was made of. */
export interface Evidence {
  readonly source: Source;
  readonly running: Installation;
  readonly networkId: string;
  /** Everybody's, up to now. */
  readonly ledger: Ledger;
  /** The last place that anybody had been told when the backup began. */
  readonly acknowledged: string;
  /** Where its processes stood then, at least. */
  readonly stood: readonly Checkpoint[];
  /** Who was erased after it, by subject. */
  readonly erased: ReadonlyMap<string, string>;
  /** The restore was killed after its commit, perhaps before it could say so in the log. */
  readonly cut?: boolean;
  /** Whoever was erased at any time, by subject: nobody else knows any more which member they were. */
  readonly leavers: ReadonlyMap<string, string>;
}

export const COUNTS = ['lost', 'notPrefix', 'keysMissing', 'resurrected', 'differences'] as const;
type Count = (typeof COUNTS)[number];

export interface InvariantResult {
  readonly counts: Readonly<Record<Count, number>>;
  readonly findings: readonly string[];
}

type Findings = Record<Count, string[]>;

const FIELDS = ['position', 'stream', 'revision', 'eventId', 'type', 'version', 'meta', 'data'] as const;
const isSame = (one: StoredEvent | undefined, other: StoredEvent): boolean =>
  one !== undefined && FIELDS.every((field) => one[field] === other[field]);

/** How many events from the first on are the source's own. */
const prefixOf = ({ events }: Source, restored: readonly StoredEvent[]): number => {
  const first = restored.findIndex((event, index) => !isSame(events[index], event));
  return first < 0 ? restored.length : first;
};

const checkLog = async (restored: Installation, evidence: Evidence, found: Findings): Promise<readonly StoredEvent[]> => {
  const { source, running, acknowledged } = evidence;
  const events = await eventsAfter(restored);
  const length = prefixOf(source, events);
  const own = events.slice(length);
  if ((await restored.log.logId()) === (await running.log.logId())) found.notPrefix.push('the restored log bears the id of the other one');
  if (!(own.length === 0 && evidence.cut) && (own.length !== 1 || own[0]?.type !== 'OperatorActed'))
    found.notPrefix.push(
      `after ${length} equal events come ${
        own
          .map(({ type }) => type)
          .slice(0, 3)
          .join(', ') || 'none'
      }`,
    );
  const last = events[length - 1]?.position ?? '';
  for (const { outcome, position, path } of evidence.ledger.given)
    if (outcome === 'done' && position !== null && position <= acknowledged && position > last)
      found.lost.push(`acknowledged at ${position} before the backup began: ${path.split('/').slice(3, 4).join()}`);
  return events.slice(0, length);
};

const eventOf = (ref: string): string => ref.slice(0, ref.indexOf('#'));

const checkTexts = async (restored: Installation, prefix: readonly StoredEvent[], evidence: Evidence, found: Findings): Promise<void> => {
  const { source, erased } = evidence;
  const [gone, ids] = [new Set(erased.values()), new Set<string>(prefix.map(({ eventId }) => eventId))];
  const texts: Texts[] = [];
  for (const stored of prefix)
    texts.push(
      await textsOf(restored, [stored]).catch((fault: unknown) => {
        found.keysMissing.push(describeFault(fault));
        return new Map();
      }),
    );
  const readable = new Map(texts.flatMap((some) => [...some]));
  for (const [ref, { owner }] of readable) if (gone.has(owner)) found.resurrected.push(`${ref} can be read again`);
  for (const [ref, { digest }] of source.texts)
    if (ids.has(eventOf(ref)) && readable.get(ref)?.digest !== digest) found.keysMissing.push(`${ref} cannot be read as it was`);
};

/** Who acted before the end of the log is known again, but for who was erased since. */
const checkIdentities = async (restored: Installation, last: string, evidence: Evidence, found: Findings): Promise<void> => {
  const { running, ledger, erased, networkId } = evidence;
  const known = new Set(ledger.given.filter(({ position }) => position !== null && position <= last).map(({ subject }) => subject));
  for (const subject of known) {
    const [here, there] = [await restored.keys.find(networkId, subject), await running.keys.find(networkId, subject)];
    if (here !== there) (erased.has(subject) ? found.resurrected : found.keysMissing).push('somebody is not who they were');
  }
};

export interface Checkpoint {
  readonly name: string;
  readonly position: string;
}

export const checkpointsOf = async ({ pool }: Installation): Promise<readonly Checkpoint[]> =>
  (
    await pool.query<Checkpoint>(
      `select name, position from ${READ_SCHEMA}.projection where name like 'process/%' and state <> 'retired' order by name`,
    )
  ).rows;

/** Read models alone, on the restored log, against a fold of the other one's prefix in memory. */
const checkReadModels = async (
  restored: Installation,
  prefix: readonly StoredEvent[],
  evidence: Evidence,
  found: Findings,
): Promise<void> => {
  const { log, codec, pool, clock } = restored;
  const runtime = await startRuntime({ log, codec, pool, clock, readModels, processes: [], mode: 'driven' });
  await runtime.drain();
  const own = (await eventsAfter(restored, prefix.at(-1)?.position)).map((stored) => codec.decode(stored));
  const events = [...evidence.source.decoded(prefix.length), ...own];
  const byName = [...readModels].sort((one, other) => (one.projection.name < other.projection.name ? -1 : 1));
  const folded = byName.flatMap((model) => dumpFolded(model, foldInMemory(model, events)));
  found.differences.push(
    ...differencesOf(await collected(dumpReadModels(pool, readModels)), folded, ['what was rebuilt', 'the fold of the prefix']),
  );
};

/** Processes go on where they stood: an event that they had reacted to brings nothing new. */
const reactedAgain = async (restored: Installation, length: number, before: readonly Checkpoint[]): Promise<readonly string[]> => {
  const { lines } = await readHistory(restored);
  const places = new Map<string, string>(lines.map(({ stored }) => [stored.eventId, stored.position]));
  return lines.slice(length).flatMap(({ event }) => {
    const { causationId, commandId } = event.meta;
    const cause = places.get(String(causationId));
    if (cause === undefined) return [];
    const by = processes.find(({ name }) =>
      Array.from({ length: 30 }, (_, n) => commandIdOf(String(causationId), name, n)).includes(commandId),
    );
    const stood = before.find(({ name }) => name === `process/${by?.name}`)?.position ?? '';
    return by !== undefined && cause <= stood ? [`${by.name} reacted again, with ${event.type}, to event ${causationId}`] : [];
  });
};

const OWN_ACT = 'given by nobody: OperatorActed';

/** The restored installation at work, judged as one that was killed at that moment and started again. */
const checkWork = async (restored: Installation, prefix: readonly StoredEvent[], evidence: Evidence, found: Findings): Promise<void> => {
  const { ledger, networkId, leavers } = evidence;
  const last = prefix.at(-1)?.position ?? '';
  const runtime = await restored.startRuntime({ mode: 'driven' });
  await runtime.drain();
  const given = ledger.given.map((one) => (one.position !== null && one.position > last ? { ...one, mayDoNothing: true } : one));
  const find = async (network: string, subject: string): Promise<string | null> =>
    (await restored.keys.find(network, subject)) ?? leavers.get(subject) ?? null;
  const { findings } = await checkCrash({
    installation: { ...restored, keys: { ...restored.keys, find } },
    networkId,
    ledger: { ...ledger, given },
  });
  found.differences.push(...findings.filter((line) => !line.includes(OWN_ACT)));
};

const checkProcesses = async (restored: Installation, last: string, { stood }: Evidence, found: Findings): Promise<void> => {
  const now = new Map((await checkpointsOf(restored)).map(({ name, position }) => [name, position]));
  for (const { name, position } of stood) {
    const here = now.get(name) ?? '';
    if (here < position) found.differences.push(`${name} stands before where it stood`);
    if (here > last) found.differences.push(`${name} stands beyond the log's end`);
  }
};

/** Opens a restored installation, judges what lies there, lets it work, and judges that. */
export const checkRestored = async (target: RestoreTarget, evidence: Evidence): Promise<InvariantResult> => {
  const found: Findings = { lost: [], notPrefix: [], keysMissing: [], resurrected: [], differences: [] };
  const now = new Date().toISOString() as Instant;
  const restored = await target.open({ now: () => now });
  try {
    const prefix = await checkLog(restored, evidence, found);
    const last = prefix.at(-1)?.position ?? '';
    await checkTexts(restored, prefix, evidence, found);
    await checkIdentities(restored, last, evidence, found);
    await checkProcesses(restored, last, evidence, found);
    await checkReadModels(restored, prefix, evidence, found);
    await checkWork(restored, prefix, evidence, found);
    found.differences.push(...(await reactedAgain(restored, prefix.length, evidence.stood)));
  } catch (fault) {
    found.differences.push(`it cannot be judged: ${describeFault(fault)}`);
  } finally {
    await restored.close();
  }
  return {
    counts: Object.fromEntries(COUNTS.map((name) => [name, found[name].length])) as Record<Count, number>,
    findings: COUNTS.flatMap((name) => found[name].map((line) => `${name}: ${line}`)),
  };
};
