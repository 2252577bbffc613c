import { refuse } from '#kernel/decider';
import type { Clock } from '#kernel/clock';
import type { Instant, StreamName } from '#kernel/id';
import type { Category, SavoirsCommand, SavoirsEvent, SentCommand } from '#domain/catalogue';
import type { NetworkFacts } from '#domain/command';
import { streamOf, type deciders as allDeciders } from '#domain/deciders';
import type { Codec } from '#event-store/codec.port';
import { LogUnavailable, type AppendResult, type EventLog } from '#event-store/log.port';
import { KeyErased } from '#keys/keys.port';
import type { Topics } from '#topics/topics.port';
import { appendWithRetry } from './append-with-retry';
import { idFrom } from './derived-ids';
import type { Envelope } from './envelope';
import { createKeyedMutex } from '#async/keyed-mutex';
import { loadStream, notBegun, type AnyDecider, type Loaded } from './load-stream';
import { eventMetadata } from './event-metadata';
import { createNamedIds, type NamedIdsExist } from './named-ids';
import { factsFor, type NetworkFactsSource } from './network-facts';
import type { TagOf } from './command-tags';
import { rejected, type Done, type Outcome, type Rejected } from './outcome';
import type { Refusal } from './refusals';

/** A rule that needs other streams: judged after the command id was looked for, before the decider. Null: nothing against it. */
export type Guard = (facts: NetworkFacts) => Promise<Refusal | null>;

export type StateOf<C extends Category> = (typeof allDeciders)[C]['initial'];

/** The refusal, or the types of the events that would be written; none where the command was answered before, or nothing is left to do. */
export interface CommandPreview {
  readonly refusal: Refusal | null;
  readonly eventTypes: readonly SavoirsEvent['type'][];
}

export interface Dispatcher {
  /** Runs one command on its one stream. @throws on a fault only: a refusal, and a log that does not answer, are outcomes */
  dispatch(order: SentCommand, envelope: Envelope, guard?: Guard): Promise<Outcome>;
  /** What the command would come to now. Writes nothing. */
  judge(order: SentCommand, envelope: Envelope, guard?: Guard): Promise<CommandPreview>;
  /** What this command id is answered on this stream, if it was accepted there: as the first time, or refused where other words were asked then. */
  answered(stream: StreamName, envelope: Envelope): Promise<Done | Rejected | null>;
  /** Folds another stream, to read. */
  loadState<C extends Category>(category: C, id: string): Promise<Loaded<StateOf<C>>>;
}

export interface DispatcherParts {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly facts: NetworkFactsSource;
  readonly topics: Pick<Topics, 'labels'>;
  readonly tagOf: TagOf;
  readonly deciders: { readonly [C in Category]: unknown };
  /** Milliseconds before each further attempt of an append that had no answer. */
  readonly retryDelays?: readonly number[];
}

/** How often a command is decided anew after another process was first. */
const ATTEMPTS = 8;

export const categoryOf = (stream: StreamName): Category => stream.slice(0, stream.indexOf('-')) as Category;

export const streamNamed = (category: Category, id: string): StreamName => `${category}-${id}` as StreamName;

export const createDispatcher = (parts: DispatcherParts): Dispatcher => {
  const inTurn = createKeyedMutex();
  const deciderOf = (stream: StreamName) => parts.deciders[categoryOf(stream)] as AnyDecider;
  const load = (stream: StreamName, envelope: Envelope) =>
    loadStream(parts, stream, { decider: deciderOf(stream), commandId: envelope.commandId });
  const loadState: Dispatcher['loadState'] = async (category, id) => {
    const stream = streamNamed(category, id);
    return (await loadStream(parts, stream, { decider: deciderOf(stream) })) as Loaded<StateOf<typeof category>>;
  };
  const namedIds = createNamedIds({ topics: parts.topics, loadState });
  return {
    dispatch: (order, envelope, guard) => {
      const run = runOf(parts, { order, envelope, guard, namedIds });
      return inTurn(run.stream, () => decided(run, deciderOf(run.stream)));
    },
    judge: async (order, envelope, guard) => {
      const run = runOf(parts, { order, envelope, guard, namedIds });
      const judged = await judge(run, deciderOf(run.stream));
      if (judged.kind === 'refused') return { refusal: judged.refusal, eventTypes: [] };
      return { refusal: null, eventTypes: judged.kind === 'accepted' ? judged.events.map(({ type }) => type) : [] };
    },
    answered: async (stream, envelope) => {
      const before = await answeredBefore(parts, await load(stream, envelope), envelope);
      return before?.kind === 'refused' ? rejected(before.refusal) : (before?.done ?? null);
    },
    loadState,
  };
};

interface Given {
  readonly order: SentCommand;
  readonly envelope: Envelope;
  readonly guard?: Guard | undefined;
  readonly namedIds: NamedIdsExist;
}

interface Run {
  readonly parts: DispatcherParts;
  readonly order: SentCommand;
  readonly envelope: Envelope;
  readonly stream: StreamName;
  /** Nobody can have written to the stream: it bears the name of a command that was given for the first time. */
  readonly isNew: boolean;
  readonly guard: Guard;
  readonly namedIds: NamedIdsExist;
}

const isNamedBy = ({ commandId, isFirst }: Envelope, stream: StreamName): boolean => {
  const category = categoryOf(stream);
  return isFirst === true && stream === streamNamed(category, idFrom(commandId, category));
};

const decided = async (run: Run, decider: AnyDecider): Promise<Outcome> => {
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const outcome = await decideOnce({ ...run, isNew: run.isNew && attempt === 0 }, decider);
      if (outcome !== 'conflict') return outcome;
    }
  } catch (fault) {
    if (fault instanceof KeyErased) return rejected({ code: 'texts-erased' });
    if (!(fault instanceof LogUnavailable)) throw fault;
  }
  return { outcome: 'unknown', commandId: run.envelope.commandId };
};

const runOf = (parts: DispatcherParts, { order, envelope, guard, namedIds }: Given): Run => {
  const stream = streamOf(order);
  return { parts, order, envelope, stream, isNew: isNamedBy(envelope, stream), guard: guard ?? (() => Promise.resolve(null)), namedIds };
};

type Ruling = { readonly kind: 'refused'; readonly refusal: Refusal } | { readonly kind: 'answered'; readonly done: Done } | Accepted;

const judge = async ({ parts, order, envelope, stream, isNew, guard, namedIds }: Run, decider: AnyDecider): Promise<Ruling> => {
  const [facts, loaded] = await Promise.all([
    factsFor(parts.facts, order, envelope.networkId),
    isNew ? notBegun(decider) : loadStream(parts, stream, { decider, commandId: envelope.commandId }),
  ]);
  if (!facts) return refuse({ code: 'network-not-found' });
  if (isElsewhere(loaded, order, envelope)) return refuse({ code: 'not-in-this-network' });
  const before = await answeredBefore(parts, loaded, envelope);
  if (before) return before;
  const against = (await namedIds(order, envelope)) ?? (await guard(facts));
  if (against) return refuse(against);
  const at = envelope.at ?? parts.clock.now();
  const decision = decider.decide({ by: envelope.by, at, network: facts, ...order } as SavoirsCommand, loaded.state);
  if (decision.kind === 'refused') return decision;
  // Only now: how often a stream has changed is for those who may do this at all (R15).
  const { expectedRevision = loaded.revision } = envelope;
  if (loaded.revision !== expectedRevision) return refuse({ code: 'changed-meanwhile', revision: loaded.revision });
  return { loaded, at, facts, ...decision };
};

type Before = Extract<Ruling, { kind: 'refused' | 'answered' }>;

/** R22: the same command answers as the first time; the same id with other words is another command. */
const answeredBefore = async ({ tagOf }: DispatcherParts, loaded: Loaded<unknown>, envelope: Envelope): Promise<Before | null> => {
  const { answered, answeredTag } = loaded;
  if (!answered) return null;
  const tag = answeredTag === undefined ? undefined : await tagOf(envelope);
  return tag === undefined || tag === answeredTag ? { kind: 'answered', done: answered } : refuse({ code: 'idempotency-key-reused' });
};

/** R23: no command reaches into another network. */
const isElsewhere = ({ network }: Loaded<unknown>, order: SentCommand, { networkId }: Envelope): boolean =>
  order.type !== 'RecordOperation' && network !== null && network !== networkId;

const decideOnce = async (run: Run, decider: AnyDecider): Promise<Outcome | 'conflict'> => {
  const judged = await judge(run, decider);
  if (judged.kind === 'refused') return rejected(judged.refusal);
  return judged.kind === 'answered' ? judged.done : append(run, judged);
};

interface Accepted {
  readonly kind: 'accepted';
  readonly events: readonly SavoirsEvent[];
  readonly loaded: Loaded<unknown>;
  readonly at: Instant;
  readonly facts: NetworkFacts;
}

const append = async ({ parts, envelope, stream }: Run, accepted: Accepted): Promise<Outcome | 'conflict'> => {
  const { events, loaded } = accepted;
  const eventTypes = events.map(({ type }) => type);
  if (events.length === 0) return { outcome: 'done', position: loaded.position, revision: loaded.revision, repeated: false, eventTypes };
  const tag = await parts.tagOf(envelope);
  const metas = events.map((event, index) =>
    eventMetadata(event, { index, envelope, stream, at: accepted.at, facts: accepted.facts, tag }),
  );
  const encoded = await Promise.all(events.map((event, index) => parts.codec.encode({ event, meta: metas[index]! })));
  const expected = loaded.revision < 0 ? 'none' : loaded.revision;
  const result = await appendWithRetry(parts.log, { stream, expected, events: encoded }, parts.retryDelays);
  if (result === 'unknown') return { outcome: 'unknown', commandId: envelope.commandId };
  if (result.outcome === 'conflict') return 'conflict';
  if (result.outcome === 'too-large') return rejected(tooLarge(result));
  return { outcome: 'done', position: result.position, revision: result.revision, repeated: false, eventTypes };
};

const tooLarge = ({ what, bytes, limit }: Extract<AppendResult, { outcome: 'too-large' }>): Refusal => ({
  code: 'too-large',
  what,
  bytes,
  limit,
});
