import type { PoolClient } from 'pg';
import { DueTimesOf } from '#read-store/processes/due-times';
import { BatchReader } from '#read-store/subscriptions/batch-reader';
import { randomUUID } from 'node:crypto';
import { CommandQueue } from '#read-store/processes/command-queue';
import { ParksPoison } from '#read-store/fold/poison-policy';
import { ParkedKeys } from '#read-store/processes/process-parking';
import type { ControlTables } from '#read-store/tables/table-names';
import { settleDue, type DueRow } from '#read-store/processes/deadlines';
import { BatchWriter } from '#read-store/subscriptions/batch-writer';
import { patchMethod } from '../runner/patch-method';
import type { Mutant } from '../runner/self-test';
import type { AlterStatement } from './faulty-pool';

/** A bug of the runtime, planted in a process of its own. */
export interface RuntimeMutant extends Mutant {
  /** Alters what is sent to the database. */
  readonly statement?: AlterStatement;
}

const isMove = (text: string): boolean => text.includes('p.lease_epoch = mine.epoch');
const isClaim = (text: string): boolean => text.includes('p.lease_epoch + 1');
const isEvidence = (text: string): boolean => /^insert into \S+"evidence"/.test(text);
const isRows = (text: string): boolean => /^insert into .* on conflict \(key\)/.test(text);

/** Those that `which` names are sent as `other` makes them. */
const altered =
  (which: (text: string) => boolean, other: (text: string) => string): AlterStatement =>
  ({ text, values, send }) =>
    which(text) ? send(other(text), values) : send(text, values);

const apart =
  (which: (text: string) => boolean): AlterStatement =>
  ({ text, values, send, elsewhere }) =>
    which(text) ? elsewhere(text, values) : send(text, values);

const unsent =
  (which: (text: string) => boolean): AlterStatement =>
  ({ text, values, send }) =>
    which(text) ? send('select 1') : send(text, values);

interface Moving {
  readonly at: { readonly position: unknown };
  readonly ready: () => Promise<() => Promise<void>>;
}
interface Move {
  readonly to: unknown;
}
type Commit = (moving: readonly Moving[], move: Move) => Promise<void>;

const movedOn = (moving: readonly Moving[], { to }: Move): readonly Moving[] =>
  moving.map((one) => ({ ...one, at: { ...one.at, position: to } }));

const beforeTheRows = (): void =>
  patchMethod(BatchWriter, 'commit', async (_, commit: Commit, moving: readonly Moving[], move: Move) => {
    const unwritten = moving.map((one) => ({ ...one, ready: async () => async () => undefined }));
    await commit(unwritten, move);
    await commit(movedOn(moving, move), move);
  });

/** What was committed, and not answered, is taken for undone: the same once more on top. */
const againAfterALostAnswer = (): void =>
  patchMethod(BatchWriter, 'commit', (_, commit: Commit, moving: readonly Moving[], move: Move) =>
    commit(moving, move).catch((fault: unknown) => {
      if (!(fault instanceof Error) || !fault.message.includes('unexpectedly')) throw fault;
      return commit(movedOn(moving, move), move);
    }),
  );

interface BatchWriterInside {
  working: object | null;
}

const remembersRows = (): void =>
  patchMethod(BatchWriter, 'load', async (inside: BatchWriterInside, load: () => Promise<void>) => {
    const { working } = inside;
    await load();
    inside.working = working;
  });

interface BatchReaderInside {
  accepted: unknown;
  position: unknown;
  entries: unknown[];
}

const againWhatIsGivenAgain = (): void =>
  patchMethod(BatchReader, 'accept', (inside: BatchReaderInside, accept, item: unknown) => {
    inside.accepted = undefined;
    accept(item);
  });

const goesBackToAPlace = (): void =>
  patchMethod(BatchReader, 'accept', (inside: BatchReaderInside, accept, item: { readonly kind: string; readonly position?: unknown }) => {
    accept(item);
    if (item.kind !== 'event') inside.position = item.position;
  });

const dropsWhatCameBeforeAFault = (): void =>
  patchMethod(BatchReader, 'finish', (inside: BatchReaderInside, finish, state: unknown) => {
    if (state !== 'ended') inside.entries = [];
    finish('ended');
  });

type Of = { readonly unknown: boolean; readonly key: string };

const isParked = (text: string): boolean => /^insert into \S+"parked"/.test(text);
const isRelease = (text: string): boolean => /^update \S+ set lease_epoch = lease_epoch \+ 1/.test(text);

const isParkedOrder = (text: string): boolean => isParked(text) && text.includes('due_at');
const MAY_FIRE = /not exists \(select from \S+ w where [^)]*\)/;

interface OrderInside {
  readonly ids: { readonly commandId: string };
}

const passesOverWhatThrows = (): void =>
  patchMethod(CommandQueue, 'perform', async (_, perform, ...given: unknown[]) => {
    await perform(...given);
    return 'answered';
  });

const asksAgainUnderAnotherId = (): void => {
  const asked = new Set<string>();
  patchMethod(CommandQueue, 'answered', (_, answered, process: string, order: OrderInside, signal: AbortSignal) => {
    const { commandId } = order.ids;
    const ids = { ...order.ids, commandId: asked.has(commandId) ? randomUUID() : commandId };
    asked.add(commandId);
    return answered(process, { ...order, ids }, signal);
  });
};

/** Of processes: where they park, and how they go on. */
const MUTANTS_OF_PROCESSES: readonly RuntimeMutant[] = [
  { bug: 'an order that throws is passed over', plant: passesOverWhatThrows },
  { bug: 'a process keeps nowhere what it parks', statement: unsent(isParkedOrder) },
  {
    rare: true,
    bug: 'later events of a key that is parked are folded, and their orders given',
    plant: () => patchMethod(ParkedKeys, 'waits', () => false),
  },
  { bug: 'a process parks in another transaction than its checkpoint', statement: apart(isParkedOrder), rare: true },
  { bug: 'a retry gives its orders new ids', plant: asksAgainUnderAnotherId },
  {
    bug: 'a retry begins with orders that were answered',
    statement: altered(isParkedOrder, (text) => text.replace('answered::integer', '0')),
    rare: true,
  },
  {
    rare: true,
    bug: 'a due time strikes a key that is parked',
    statement: altered(
      (text) => MAY_FIRE.test(text),
      (text) => text.replace(MAY_FIRE, 'true'),
    ),
  },
  {
    bug: 'a due time that throws is taken for fired',
    rare: true,
    plant: () =>
      patchMethod(DueTimesOf, 'park', async ({ tables }: { readonly tables: ControlTables }, _, client: PoolClient, row: DueRow) => {
        await settleDue(client, tables, row, {});
      }),
  },
  {
    bug: 'what an operator retried in a process stays parked',
    statement: unsent((text) => /^delete from \S+"parked" where projection = \$1 and state = 'parked' and unknown/.test(text)),
    rare: true,
  },
];

/** Planted one by one, each in processes of its own. */
export const MUTANTS: readonly RuntimeMutant[] = [
  { bug: 'the checkpoint moves in another transaction than the rows', statement: apart(isMove) },
  { bug: 'the checkpoint is stored before the events are handled', plant: beforeTheRows },
  {
    bug: 'a checkpoint moves from wherever it stands',
    statement: altered(isMove, (text) => text.replace('p.position = mine.position', 'true')),
  },
  { bug: 'the epoch is not tested', statement: altered(isMove, (text) => text.replace('p.lease_epoch = mine.epoch', 'true')), rare: true },
  {
    bug: 'a claim leaves the epoch as it is',
    statement: altered(isClaim, (text) => text.replace('p.lease_epoch + 1', 'p.lease_epoch')),
    rare: true,
  },
  { bug: 'rows are committed before the checkpoint', statement: apart(isRows) },
  { bug: 'evidence is written in another transaction, and again on a retry', statement: apart(isEvidence) },
  { rare: true, bug: 'what the log gives again is folded again', plant: againWhatIsGivenAgain },
  { rare: true, from: 3_701, bug: 'a place that the log gives again takes the checkpoint back', plant: goesBackToAPlace },
  { rare: true, bug: 'a commit whose answer was lost is taken for undone, and applied again', plant: againAfterALostAnswer },
  { bug: 'events that came before the log broke off are dropped, and their position kept', plant: dropsWhatCameBeforeAFault },
  { bug: 'rows are remembered beyond a lost race or an undone transaction', plant: remembersRows },
  { bug: 'a row that the fold deletes stays', statement: unsent((text) => /^delete from \S+ where key = any/.test(text)) },
  { bug: 'evidence of a deleted row stays', statement: unsent((text) => /^delete from \S+"evidence" where projection/.test(text)) },
  {
    bug: 'columns stay as they were first written',
    statement: altered(isRows, (text) => text.replace(/do update set .*$/, 'do update set row = excluded.row')),
  },
  {
    bug: 'later events of a parked row are folded',
    plant: () => patchMethod(ParksPoison, 'waits', (_, waits, of: Of, entry: unknown) => of.unknown && waits(of, entry)),
  },
  {
    bug: 'later events of a stream are folded, though nobody knows what one of them changes',
    plant: () => patchMethod(ParksPoison, 'waits', (_, waits, of: Of, entry: unknown) => !of.unknown && waits(of, entry)),
    rare: true,
  },
  { bug: 'an event that throws is passed over, and kept nowhere', plant: () => patchMethod(ParksPoison, 'park', () => undefined) },
  {
    rare: true,
    bug: 'an event that throws holds the checkpoint up',
    plant: () =>
      patchMethod(ParksPoison, 'park', () => {
        throw new Error('planted');
      }),
  },
  { bug: 'events are parked in another transaction than the checkpoint', statement: apart(isParked), rare: true },
  { bug: 'a rebuild forgets what was skipped', plant: () => patchMethod(ParksPoison, 'isSkipped', () => false), rare: true },
  {
    bug: 'after a retry workers go on with what they remember',
    statement: altered(isRelease, (text) => text.replace('lease_epoch + 1', 'lease_epoch')),
    rare: true,
  },
  { bug: 'what a retry folded stays parked', statement: unsent((text) => /^delete from \S+"parked"/.test(text)), rare: true },
  ...MUTANTS_OF_PROCESSES,
];
