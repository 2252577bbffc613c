import { refuse } from '#kernel/decider';
import type { Instant, StreamName } from '#kernel/id';
import type { SavoirsCommand, SavoirsEvent, SentCommand } from '#domain/catalogue';
import type { NetworkFacts } from '#domain/command';
import { streamOf } from '#domain/deciders';
import type { AppendResult, EventToAppend } from '#event-store/log.port';
import { appendWithRetry } from './append-with-retry';
import { idFrom } from './derived-ids';
import type { Envelope } from './envelope';
import { eventMetadata } from './event-metadata';
import { loadStream, notBegun, type AnyDecider, type Loaded } from './load-stream';
import type { NamedIdsExist } from './named-ids';
import { factsFor } from './network-facts';
import { rejected, type Done, type Outcome } from './outcome';
import type { Refusal } from './refusals';
import type { DispatcherParts, Guard } from './run-decider';

interface Given {
  readonly order: SentCommand;
  readonly envelope: Envelope;
  readonly guard?: Guard | undefined;
  readonly namedIds: NamedIdsExist;
}

export interface Run {
  readonly parts: DispatcherParts;
  readonly order: SentCommand;
  readonly envelope: Envelope;
  readonly stream: StreamName;
  /** Nobody can have written to the stream: it bears the name of a command that was given for the first time. */
  readonly isNew: boolean;
  readonly guard: Guard;
  readonly namedIds: NamedIdsExist;
}

export const noGuard: Guard = () => Promise.resolve(null);

/** By a use case: `offer-` and the id that follows from the command's. */
const isNamedBy = ({ commandId, isFirst }: Envelope, stream: StreamName): boolean => {
  const category = stream.slice(0, stream.indexOf('-'));
  return isFirst === true && stream === `${category}-${idFrom(commandId, category)}`;
};

export const runOf = (parts: DispatcherParts, { order, envelope, guard, namedIds }: Given): Run => {
  const stream = streamOf(order);
  return { parts, order, envelope, stream, isNew: isNamedBy(envelope, stream), guard: guard ?? noGuard, namedIds };
};

type Ruling = { readonly kind: 'refused'; readonly refusal: Refusal } | { readonly kind: 'answered'; readonly done: Done } | Accepted;

interface Read {
  readonly facts: NetworkFacts | null;
  readonly loaded: Loaded<unknown>;
}

export const read = async ({ parts, order, envelope, stream, isNew }: Run, decider: AnyDecider): Promise<Read> => {
  const asked = factsFor(parts.facts, order, envelope.networkId);
  if (isNew) return { facts: await asked, loaded: notBegun(decider) };
  const [facts, loaded] = await Promise.all([asked, loadStream(parts, stream, { decider, commandId: envelope.commandId })]);
  return { facts, loaded };
};

export const judge = async (run: Run, decider: AnyDecider): Promise<Ruling> => judgeOn(run, decider, await read(run, decider));

export const judgeOn = async (
  { parts, order, envelope, guard, namedIds }: Run,
  decider: AnyDecider,
  { facts, loaded }: Read,
): Promise<Ruling> => {
  if (!facts) return refuse({ code: 'network-not-found' });
  if (isElsewhere(loaded, order, envelope)) return refuse({ code: 'not-in-this-network' });
  const before = await answeredBefore(parts, loaded, envelope);
  if (before) return before;
  const against = (await namedIds(order, envelope)) ?? (await guard(facts));
  if (against) return refuse(against);
  const at = envelope.at ?? parts.clock.now();
  const { type, data } = order;
  const decision = decider.decide({ type, data, by: envelope.by, at, network: facts } as SavoirsCommand, loaded.state);
  if (decision.kind === 'refused') return decision;
  // Only now: how often a stream has changed is for those who may do this at all (R15).
  const { expectedRevision = loaded.revision } = envelope;
  if (loaded.revision !== expectedRevision) return refuse({ code: 'changed-meanwhile', revision: loaded.revision });
  return { loaded, at, facts, ...decision };
};

type Before = Extract<Ruling, { kind: 'refused' | 'answered' }>;

/** R22: the same command answers as the first time; the same id with other words is another command. */
export const answeredBefore = async ({ tagOf }: DispatcherParts, loaded: Loaded<unknown>, envelope: Envelope): Promise<Before | null> => {
  const { answered, answeredTag } = loaded;
  if (!answered) return null;
  const tag = answeredTag === undefined ? undefined : await tagOf(envelope);
  return tag === undefined || tag === answeredTag ? { kind: 'answered', done: answered } : refuse({ code: 'idempotency-key-reused' });
};

/** R23: no command reaches into another network. */
const isElsewhere = ({ network }: Loaded<unknown>, order: SentCommand, { networkId }: Envelope): boolean =>
  order.type !== 'RecordOperation' && network !== null && network !== networkId;

interface Accepted {
  readonly kind: 'accepted';
  readonly events: readonly SavoirsEvent[];
  readonly loaded: Loaded<unknown>;
  readonly at: Instant;
  readonly facts: NetworkFacts;
}

export const append = async ({ parts, envelope, stream }: Run, accepted: Accepted): Promise<Outcome | 'conflict'> => {
  const { events, loaded } = accepted;
  const eventTypes = events.map(({ type }) => type);
  if (events.length === 0) return { outcome: 'done', position: loaded.position, revision: loaded.revision, repeated: false, eventTypes };
  const tag = await parts.tagOf(envelope);
  const encoded: EventToAppend[] = [];
  for (const event of events) {
    const meta = eventMetadata(event, { index: encoded.length, envelope, stream, at: accepted.at, facts: accepted.facts, tag });
    // one after the other: a key that the first one needs is known to the next
    encoded.push(await parts.codec.encode({ event, meta }));
  }
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
