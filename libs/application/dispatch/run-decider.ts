import type { Clock } from '#kernel/clock';
import type { StreamName } from '#kernel/id';
import type { Category, SavoirsEvent, SentCommand } from '#domain/catalogue';
import type { NetworkFacts } from '#domain/command';
import type { deciders as allDeciders } from '#domain/deciders';
import type { Codec } from '#event-store/codec.port';
import { LogUnavailable, type EventLog } from '#event-store/log.port';
import { KeyErased } from '#keys/keys.port';
import type { Topics } from '#topics/topics.port';
import type { Envelope } from './envelope';
import { createKeyedMutex } from '#async/keyed-mutex';
import { inPartsOnce, type InParts } from './in-parts';
import { answeredBefore, append, judge, runOf, type Run } from './judge-and-append';
import { loadStream, type AnyDecider, type Loaded } from './load-stream';
import { createNamedIds } from './named-ids';
import type { NetworkFactsSource } from './network-facts';
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
  /** The same in as many appends as its decider takes. */
  dispatchInParts(order: SentCommand, envelope: Envelope, parts: InParts): Promise<Outcome>;
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
      return inTurn(run.stream, () => persistently(run, (again) => decideOnce(again, deciderOf(run.stream))));
    },
    dispatchInParts: (order, envelope, { guard, isLast }) => {
      const run = runOf(parts, { order, envelope, guard, namedIds });
      return inTurn(run.stream, () => persistently(run, (again) => inPartsOnce(again, deciderOf(run.stream), isLast)));
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

const persistently = async (run: Run, decide: (run: Run) => Promise<Outcome | 'conflict'>): Promise<Outcome> => {
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const outcome = await decide(attempt === 0 ? run : { ...run, isNew: false });
      if (outcome !== 'conflict') return outcome;
    }
  } catch (fault) {
    if (fault instanceof KeyErased) return rejected({ code: 'texts-erased' });
    if (!(fault instanceof LogUnavailable)) throw fault;
  }
  return { outcome: 'unknown', commandId: run.envelope.commandId };
};

const decideOnce = async (run: Run, decider: AnyDecider): Promise<Outcome | 'conflict'> => {
  const judged = await judge(run, decider);
  if (judged.kind === 'refused') return rejected(judged.refusal);
  return judged.kind === 'answered' ? judged.done : append(run, judged);
};
