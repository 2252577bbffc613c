import fc from 'fast-check';
import type { AnyDecider } from '#application/dispatch/load-stream';
import type { NetworkFacts } from '#domain/command';
import { addDays, addMonths } from '#domain/calendar';
import type { Category, SavoirsCommand, SavoirsEvent } from '#domain/catalogue';
import { deciders } from '#domain/deciders';
import type { IncidentId, RetentionRunId, RoundId } from '#domain/ids';
import { defaultPolicy, POLICY_MOST, type Policy } from '#domain/network/policy';
import { wrongPolicyField } from '#domain/network/policy-check';
import type { DomainActor } from '#domain/vocabulary';
import type { Instant } from '#kernel/id';
import { FIRST_INSTANT, LAST_INSTANT } from '#kernel/instant';
import { memoryKeys } from '#keys/memory-keys';
import { draftedOffer, draftedRequest, offerContent, offerId, profile, requestContent, requestId } from '#testing/content';
import { agreement, bothThere, exchangeId, first, matchId, openingOf, pair, planned, presence } from '#testing/histories/exchange-story';
import { exampleMeta } from '#testing/event-examples';
import { lyon, networkFacts } from '#testing/network-facts';
import { ana, asDataProtectionOfficer, asFacilitator, asMediator, asMember, bo, cleo, moe, pam, system } from '#testing/people';
import { createCodec } from './codec';
import { eventSchemas } from './schemas';

/** What a command is given besides its time: an instant that a person names, and the one that the state waits for. */
interface Named {
  readonly at: Instant;
  readonly given: Instant;
  readonly due: (field: string) => Instant;
}
type Asking = readonly [type: SavoirsCommand['type'], by: DomainActor, data: (named: Named) => object];

const memberId = ana;
const [asAna, asBo, asCleo, asPam, asFay, asMoe] = [
  asMember(ana),
  asMember(bo),
  asMember(cleo),
  asDataProtectionOfficer(pam),
  asFacilitator(),
  asMediator(moe),
];
const drafts = { offers: [draftedOffer()], requests: [draftedRequest()] };
const undeclared = { declaredProfessional: false };
const draftsFor = { offers: [draftedOffer(undefined, undeclared)], requests: [draftedRequest(undefined, undeclared)] };
const entering: readonly Asking[] = [
  ['ApplyForMembership', asFay, () => ({ memberId, profile: profile(), entry: 'fair', ...draftsFor })],
  ['AcceptCharter', asAna, () => ({ memberId, charterVersion: 1 })],
  ['EnrolMember', asAna, () => ({ memberId, ...drafts })],
];
const pausing: Asking = ['PauseMembership', asAna, ({ given }) => ({ memberId, until: given })];
const losing: Asking = ['LoseReciprocity', system, () => ({ memberId, missing: 'both' })];
const resuming: Asking = ['ResumeMembership', asAna, () => ({ memberId })];
const memberStory: readonly Asking[] = [
  ...[...entering, losing, pausing, resuming, pausing, losing, resuming],
  ['AskForErasure', asAna, () => ({ memberId })],
  ['DeferErasure', asPam, ({ given }) => ({ memberId, until: given })],
];

const content = offerContent();
const offer = { offerId: offerId('o'), memberId };
const offerStory: readonly Asking[] = [
  ['PublishOffer', asAna, () => ({ ...offer, content })],
  ['PauseOffer', asAna, () => offer],
  ['ResumeOffer', asAna, () => offer],
  ['CallOfferReview', system, ({ due }) => ({ ...offer, reviewDueAt: due('reviewDueAt') })],
  ['ConfirmOffer', asAna, () => offer],
  ['ContestOffer', asBo, () => ({ ...offer, kind: 'a-service', text: 'Un service' })],
];
const request = { requestId: requestId('r'), memberId };
const requestStory: readonly Asking[] = [
  ['PublishRequest', asAna, () => ({ ...request, content: requestContent() })],
  ['PauseRequest', asAna, () => request],
  ['ResumeRequest', asAna, () => request],
  ['MatchRequest', system, () => ({ ...request, matchId })],
  ['ReopenRequest', system, () => ({ ...request, matchId })],
  ['CallRequestReview', system, ({ due }) => ({ ...request, reviewDueAt: due('reviewDueAt') })],
  ['ConfirmRequest', asAna, () => request],
  ['ContestRequest', asBo, () => ({ ...request, kind: 'a-service', text: 'Un service' })],
];

const proposal = {
  ...{ matchId, participants: pair, topicUri: null, level: 'practised', language: 'fr', smallestGroup: 1, ringId: null, metBefore: false },
  score: { topic: 1, level: 1, language: 1, distance: 1, availability: 1, reciprocity: 0, waiting: 0, total: 0.8 },
  origin: { kind: 'facilitator', by: asFay.id },
  facts: { largestGroup: 1, topicSteps: 0, lastTogether: null },
};
const matchStory: readonly Asking[] = [
  ['ProposeMatch', asFay, () => proposal],
  ['OpenMatch', system, () => ({ matchId })],
  ['AcceptMatch', asAna, () => ({ matchId, memberId: ana })],
  ['AcceptMatch', asBo, () => ({ matchId, memberId: bo })],
  ['PlanConnection', asMoe, ({ given }) => ({ matchId, mediatorId: moe, start: given, place: 'Salle 2' })],
  ['RecordAgreement', asMoe, ({ given }) => ({ matchId, exchangeId, agreement: agreement([planned('s1', given)]) })],
];

/** Opened from an agreement with whatever dates: an older log may hold one that is refused by now. */
const exchangeStory: readonly Asking[] = [
  ['OpenExchange', system, ({ given }) => openingOf({ agreement: agreement([planned('s0'), planned('s1', given)]) })],
  ['RescheduleSession', asAna, ({ given }) => ({ exchangeId, sessionId: 's0', to: planned('s0', given) })],
  ['ReportSession', asAna, ({ given }) => ({ exchangeId, sessionId: first, start: given, minutes: 720, present: bothThere })],
  ['ReportNoShow', asBo, () => ({ exchangeId, sessionId: 's0', memberId: ana })],
  ['DisputeExchange', asAna, () => ({ exchangeId, disputeId: 'd', kind: 'content', text: 'Non' })],
  ['SettleDispute', asFay, () => ({ exchangeId, disputeId: 'd', outcome: 'goes-on', text: 'Si' })],
  ['ConfirmHeld', asAna, () => ({ exchangeId })],
  ['ConfirmHeld', asBo, () => ({ exchangeId })],
  ['RecordTrainingHours', system, () => ({ exchangeId })],
  ['CorrectSession', asBo, () => ({ exchangeId, sessionId: first, memberId: bo, now: presence(bo, 'learner', 7) })],
  ['CallFollowUp', system, () => ({ exchangeId })],
];
const cancelling: readonly Asking[] = [exchangeStory[0]!, ['CancelExchange', asAna, () => ({ exchangeId, reason: 'no-time' })]];
const subject = { exchangeId, memberId: null, indicator: null };
const incidentStory: readonly Asking[] = [
  ['ReportIncident', asCleo, () => ({ incidentId: 'i' as IncidentId, kind: 'behaviour', subject, text: 'Un fait' })],
];

const found = {
  readUpTo: null,
  inputHash: 'ab12',
  seed: 7,
  solverVersion: '1',
  considered: { offers: 0, requests: 0 },
  gap: null,
  matches: [],
  unmatched: [],
};
const roundStory: readonly Asking[] = [['RunMatchingRound', asFay, ({ given: asOf }) => ({ roundId: 'r' as RoundId, asOf, ...found })]];
const kept = { exchangeTextsMonths: defaultPolicy.exchangeTextsMonths, goneMembersMonths: defaultPolicy.goneMembersMonths };
const retentionStory: readonly Asking[] = [
  ['StartRetentionRun', asPam, () => ({ networkId: lyon, runId: 'run-1' as RetentionRunId, ...kept })],
];

const stories: readonly (readonly [name: string, of: Category, story: readonly Asking[]])[] = [
  ['a member', 'member', memberStory],
  ['an offer', 'offer', offerStory],
  ['a request', 'request', requestStory],
  ['a match', 'match', matchStory],
  ['an exchange', 'exchange', exchangeStory],
  ['a cancelled exchange', 'exchange', cancelling],
  ['an incident', 'incident', incidentStory],
  ['a round', 'round', roundStory],
  ['retention', 'retention', retentionStory],
];

/** Every window at one end of what policy may hold, or as by default. */
const anyPolicy: fc.Arbitrary<Policy> = fc.constantFrom(1, null, POLICY_MOST.days).map((days) => {
  if (days === null) return defaultPolicy;
  const windows = Object.entries(defaultPolicy).flatMap(([field]) => {
    if (field.endsWith('Days') || field.endsWith('Day')) return [[field, days]];
    return field.endsWith('Months') ? [[field, Math.min(days, POLICY_MOST.months)]] : [];
  });
  return { ...defaultPolicy, ...(Object.fromEntries(windows) as Partial<Policy>) };
});
const openedAt = networkFacts().openedAt;
const anyTime = fc.constantFrom(openedAt, addDays(openedAt, 400), addDays(LAST_INSTANT, -400), LAST_INSTANT);
const anyStep = fc.constantFrom(0, 1, 70, 3650);

/** An instant as a person may name it: at the ends of time, and at the ends of what is allowed now. */
const anyGiven = fc.constantFrom<(at: Instant, policy: Policy) => Instant>(
  () => FIRST_INSTANT,
  () => openedAt,
  (at) => addDays(at, -14),
  (at) => at,
  (at, { plannedAheadMonths }) => addMonths(at, plannedAheadMonths),
  () => '9999-12-31T23:00:00.000Z' as Instant,
  () => LAST_INSTANT,
);

const seen = new Set<string>();
const codec = createCodec(memoryKeys());

const tell = async (
  decider: AnyDecider,
  story: readonly Asking[],
  {
    start,
    steps,
    givens,
    policy,
  }: { start: Instant; steps: number[]; givens: ((at: Instant, policy: Policy) => Instant)[]; policy: Policy },
): Promise<void> => {
  const network: NetworkFacts = networkFacts({ policy, timeZone: 'Pacific/Kiritimati' });
  let state: unknown = decider.initial;
  let at = start;
  for (const [index, [type, by, dataOf]] of story.entries()) {
    at = addDays(at, steps[index]!);
    const due = (field: string): Instant => (state as Record<string, Instant>)[field]!;
    const data = dataOf({ at, given: givens[index]!(at, policy), due });
    const decision = decider.decide({ type, data, by, at, network } as never, state);
    if (decision.kind === 'refused') continue;
    for (const event of decision.events) {
      const meta = exampleMeta(1, { occurredAt: event.occurredAt ?? at, recordedAt: at });
      const [written] = [await codec.encode({ event, meta })];
      seen.add(written.type);
    }
    state = decision.events.reduce(decider.evolve, state);
  }
};

describe('whatever instants and policies say, what is decided can be recorded (R24, cases 1 and 2)', () => {
  const SEED = 20261129;

  it.each(stories)(`in the life of %s (seed ${SEED})`, async (_, of, story) => {
    const each = { minLength: story.length, maxLength: story.length };
    const told = fc.record({ start: anyTime, steps: fc.array(anyStep, each), givens: fc.array(anyGiven, each), policy: anyPolicy });
    await fc.assert(
      fc.asyncProperty(told, (so) => tell(deciders[of] as AnyDecider, story, so)),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('in every event that holds a date, and by every policy that may be in force', () => {
    const holdsDate = (type: string): boolean =>
      /"title":"(instant|day)"/.test(JSON.stringify(eventSchemas[type as SavoirsEvent['type']].schema));
    expect(Object.keys(eventSchemas).filter((type) => holdsDate(type) && !seen.has(type))).toEqual([]);
    for (const policy of fc.sample(anyPolicy, 20)) expect(wrongPolicyField(policy)).toBeNull();
  });
});
