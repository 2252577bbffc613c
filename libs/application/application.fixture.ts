import type { CommandId, Instant } from '#kernel/id';
import type { SentCommand } from '#domain/catalogue';
import type { MemberId, NetworkId } from '#domain/ids';
import { defaultPolicy } from '#domain/network/policy';
import type { DomainActor } from '#domain/vocabulary';
import { createCodec } from '#event-store/codec/codec';
import type { EventLog, StoredEvent } from '#event-store/log.port';
import { START } from '#event-store/log.port';
import { MemoryLog } from '#event-store/memory/memory-log';
import { memoryKeys } from '#keys/memory-keys';
import type { ClearTexts } from '#read-store/clear-texts.port';
import { draftedOffer, draftedRequest, profile } from '#testing/content';
import { everyTopic } from '#testing/topics';
import type { Topics } from '#topics/topics.port';
import { lyon } from '#testing/network-facts';
import { asMember, asNetworkLead } from '#testing/people';
import { createApplication, type Application, type DecidingPorts } from './create-application';
import { uuidV5 } from './dispatch/derived-ids';
import type { Outcome } from './dispatch/outcome';
import type { PairHistory } from './match/proposal';

/** A command id that a failure can be read by. */
export const named = (name: string): CommandId => uuidV5('0192f0c1-0000-7000-8000-000000000000', name) as CommandId;

/** A clock that stands still until a test moves it. */
export const testClock = (start = '2026-03-02T09:00:00.000Z') => {
  let now = start as Instant;
  return { now: () => now, set: (at: string) => void (now = at as Instant) };
};

export interface GivenCommand {
  readonly order: SentCommand;
  readonly by: DomainActor;
  readonly id: string;
  readonly networkId?: NetworkId;
  readonly bodyDigest?: string;
}

export interface World {
  readonly log: EventLog;
  readonly keys: ReturnType<typeof memoryKeys>;
  readonly clock: ReturnType<typeof testClock>;
  readonly codec: ReturnType<typeof createCodec>;
  /** Without a database there are no clear texts. */
  readonly texts: ClearTexts;
  readonly topics: Pick<Topics, 'labels'>;
  /** One more process on the same log: shares nothing in memory. `through` is its own, perhaps faulty, way to the log. */
  process(through?: EventLog): Application;
  give(given: GivenCommand, application?: Application): Promise<Outcome>;
  stored(stream?: string): Promise<readonly StoredEvent[]>;
  types(stream: string): Promise<readonly string[]>;
}

/** A past in which nobody met; topics by their URI, untagged ones alike. */
export const nothingBetween: PairHistory = {
  metBefore: async () => false,
  lastTogether: async () => null,
  topicSteps: async (offers, requests) => (new Set([...offers, ...requests].map(({ uri }) => uri)).size === 1 ? 0 : null),
};

/** What one more process is made of. */
export const portsOf = ({
  log,
  keys,
  clock,
  codec,
  texts,
  topics,
}: Pick<World, 'log' | 'keys' | 'clock' | 'codec' | 'texts' | 'topics'>): DecidingPorts => ({
  ...{ log, codec, clock, texts, topics, keyring: keys, identities: keys, ledger: keys, pairHistory: nothingBetween },
  retryDelays: [0, 0, 0],
});

export const world = (topics: Pick<Topics, 'labels'> = everyTopic): World => {
  const clock = testClock();
  const [log, keys] = [new MemoryLog(), memoryKeys(clock)];
  const codec = createCodec(keys);
  const texts: ClearTexts = { erase: async () => undefined, scrub: async () => true };
  const start = (through: EventLog = log): Application => createApplication(portsOf({ log: through, keys, clock, codec, texts, topics }));
  const first = start();
  const stored = async (stream?: string): Promise<readonly StoredEvent[]> => {
    const all: StoredEvent[] = [];
    for await (const event of log.readAll({ after: START })) if (stream === undefined || event.stream === stream) all.push(event);
    return all;
  };
  return {
    log,
    keys,
    clock,
    codec,
    texts,
    topics,
    process: start,
    give: ({ order, by, id, networkId = lyon, bodyDigest }, application = first) =>
      application.dispatcher.dispatch(order, { networkId, by, commandId: named(id), ...(bodyDigest ? { bodyDigest } : {}) }),
    stored,
    types: async (stream) => (await stored(stream)).map(({ type }) => type),
  };
};

/** The network of the tests, open, with charter 1. */
export const openedWorld = async (networkId: NetworkId = lyon, here = world()): Promise<World> => {
  const by = asNetworkLead();
  const open = { networkId, label: 'Lyon', timeZone: 'Europe/Paris', defaultLanguage: 'fr', policy: defaultPolicy } as const;
  await done(here.give({ order: { type: 'OpenNetwork', data: open }, by, id: `open ${networkId}`, networkId }));
  const charter = { networkId, text: { fr: 'La charte' } };
  await done(here.give({ order: { type: 'PublishCharter', data: charter }, by, id: `charter ${networkId}`, networkId }));
  return here;
};

/** Enrols somebody with one offer and one request, published. */
export const enrolled = async (here: World, memberId: MemberId): Promise<void> => {
  const by = asMember(memberId);
  const offers = [draftedOffer(`offer-of-${memberId}`)];
  const requests = [draftedRequest(`request-of-${memberId}`)];
  const entry = { memberId, profile: profile(), entry: 'self', offers: [], requests: [] } as const;
  await done(here.give({ order: { type: 'ApplyForMembership', data: entry }, by, id: `apply ${memberId}` }));
  await done(here.give({ order: { type: 'AcceptCharter', data: { memberId, charterVersion: 1 } }, by, id: `charter ${memberId}` }));
  await done(here.give({ order: { type: 'EnrolMember', data: { memberId, offers, requests } }, by, id: `enrol ${memberId}` }));
};

/** @throws where the outcome is not `done`, naming it */
export const done = async (outcome: Promise<Outcome>): Promise<Extract<Outcome, { outcome: 'done' }>> => {
  const given = await outcome;
  if (given.outcome !== 'done') throw new Error(JSON.stringify(given));
  return given;
};
