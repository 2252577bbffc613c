import { draftedOffer, draftedRequest, profile } from '#testing/content';
import { memberExamples } from '#testing/examples/member.examples';
import { eventsOf, play } from '#testing/histories/histories';
import { enteredOnBehalf, entry, erasureRequested, placeAsGiver, placeAsLearner } from '#testing/networks/member-facts';
import { ana } from '#testing/people';
import { anyHistory, anyMoment, expectRepeatsToMakeNothing } from '#testing/histories/random-histories';
import type { Decider } from '#kernel/decider';
import fc from 'fast-check';
import type { MatchId } from '../ids';
import type { MemberCommand } from './member.commands';
import { memberDecider, type MemberRefusal, type MemberState } from './member.decider';
import type { MemberEvent } from './member.events';

const memberId = ana;
const target = { memberId };
const sides = (declaredProfessional = true) => ({
  offers: [draftedOffer('offer', { declaredProfessional })],
  requests: [draftedRequest()],
});
const grounds = fc.constantFrom('approved' as const, 'entry-not-confirmed' as const);

const orders = fc.oneof(
  fc
    .constantFrom('self' as const, 'fair' as const)
    .map((kind) => ({ type: 'ApplyForMembership' as const, data: { memberId, profile: profile(), entry: kind, ...sides() } })),
  fc.constantFrom(0, 1, 1, 2).map((charterVersion) => ({ type: 'AcceptCharter' as const, data: { memberId, charterVersion } })),
  fc
    .constantFrom({ offers: [], requests: [] }, sides(), sides(false))
    .map((given) => ({ type: 'EnrolMember' as const, data: { memberId, ...given } })),
  fc
    .constantFrom('ResumeMembership' as const, 'AskForErasure' as const, 'ApproveErasure' as const, 'RestoreReciprocity' as const)
    .map((type) => ({ type, data: target })),
  anyMoment.map((until) => ({ type: 'PauseMembership' as const, data: { memberId, until } })),
  anyMoment.map((until) => ({ type: 'DeferErasure' as const, data: { memberId, until } })),
  anyMoment.map((graceEndsAt) => ({ type: 'SuspendMember' as const, data: { memberId, graceEndsAt } })),
  fc.integer({ min: 0, max: 3 }).map((capacity) => ({ type: 'SetCapacity' as const, data: { memberId, capacity } })),
  fc.constant({ type: 'LoseReciprocity' as const, data: { memberId, missing: 'both' as const } }),
  fc.constant({ type: 'LeaveNetwork' as const, data: { memberId, reason: null } }),
  grounds.map((ground) => ({ type: 'ErasePersonalData' as const, data: { memberId, ground } })),
  fc.constantFrom('m1', 'm2', 'm3', 'm4').map((match) => ({ type: 'ReserveEngagement' as const, data: placeAsGiver(match) })),
  fc
    .tuple(fc.constantFrom('m5', 'm6', 'm7'), fc.constantFrom('r1', 'r2'))
    .map(([match, request]) => ({ type: 'ReserveEngagement' as const, data: placeAsLearner(match, request) })),
  fc
    .constantFrom('m1', 'm2', 'm5', 'm6')
    .map((match) => ({ type: 'ReleaseEngagement' as const, data: { memberId, matchId: match as MatchId } })),
);

/** From nothing, from an entry on behalf, from an enrolment, and from an erasure asked for. */
const beginnings: readonly (readonly MemberEvent[])[] = [[], [enteredOnBehalf()], entry(), [...entry(), erasureRequested()]];
type From = Decider<MemberState, MemberCommand, MemberEvent, MemberRefusal>;
const deciders = fc
  .constantFrom(...beginnings)
  .map((events): From => ({ ...memberDecider, initial: events.reduce(memberDecider.evolve, memberDecider.initial) }));
const histories = anyHistory<MemberCommand>(orders);

describe('any history of a member', () => {
  it('makes nothing of an accepted command that is repeated (R22)', () => {
    fc.assert(fc.property(deciders, histories, (decider, commands) => expectRepeatsToMakeNothing(decider, commands)));
  });

  it('enrols with both sides and the charter, by the person alone (R1, R6)', () => {
    fc.assert(
      fc.property(deciders, histories, (decider, commands) => {
        for (const { command, decision } of play(decider, commands)) {
          const events = decision.kind === 'accepted' ? decision.events : [];
          const enrolment = events.find((event) => event.type === 'MemberEnrolled');
          if (!enrolment) continue;
          expect(command.by).toEqual({ id: ana, role: command.by.role });
          expect(enrolment.data).toMatchObject({ charterVersion: 1, offers: [{}], requests: [{}] });
        }
      }),
    );
  });

  it('reserves within capacity, once for each request, and only for who stands in the network (R11, R16)', () => {
    fc.assert(
      fc.property(deciders, histories, (decider, commands) => {
        for (const { decision, before, after } of play(decider, commands)) {
          const events = decision.kind === 'accepted' ? decision.events : [];
          if (!events.some(({ type }) => type === 'EngagementReserved')) continue;
          expect(['enrolled', 'in-grace']).toContain(before.status);
          if (after.status !== 'enrolled' && after.status !== 'in-grace') continue;
          const [last] = after.engagements.slice(-1);
          const inRole = after.engagements.filter(({ role }) => role === last?.role);
          if (last?.role === 'giver') expect(inRole.length).toBeLessThanOrEqual(after.capacity);
          else expect(new Set(inRole.map(({ requestId }) => requestId)).size).toBe(inRole.length);
        }
      }),
    );
  });

  it('answers each match once (R11, R22)', () => {
    fc.assert(
      fc.property(deciders, histories, (decider, commands) => {
        const answers = eventsOf(play(decider, commands)).flatMap((event) =>
          event.type === 'EngagementReserved' || event.type === 'EngagementRefused' ? [event.data.matchId] : [],
        );
        expect(new Set(answers).size).toBe(answers.length);
      }),
    );
  });

  it('erases what two persons wanted, or nobody confirmed, and then only frees places (R6, R19)', () => {
    fc.assert(
      fc.property(deciders, histories, (decider, commands) => {
        for (const { decision, before } of play(decider, commands)) {
          const events = decision.kind === 'accepted' ? decision.events : [];
          if (before.status === 'erased')
            for (const { type } of events) expect(['EngagementReleased', 'EngagementRefused']).toContain(type);
          const erasing = events.find((event) => event.type === 'PersonalDataErased');
          if (erasing?.data.ground !== 'approved' || before.status === 'unknown') continue;
          expect(before.erasure?.approvedBy ?? before.erasure?.askedBy).not.toBe(before.erasure?.askedBy);
        }
      }),
    );
  });

  it('suspends only who is in grace, and never during a pause (R2)', () => {
    fc.assert(
      fc.property(deciders, histories, (decider, commands) => {
        for (const { command, decision, before } of play(decider, commands)) {
          const events = decision.kind === 'accepted' ? decision.events : [];
          if (!events.some(({ type }) => type === 'MemberSuspended')) continue;
          expect(before.status).toBe('in-grace');
          if (before.status === 'in-grace') expect(command.at >= before.graceEndsAt).toBe(true);
        }
      }),
    );
  });

  it('folds any sequence of events without judging', () => {
    const examples = Object.entries(memberExamples).map(([type, data]) => ({ type, data }) as MemberEvent);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...examples)), histories, (events, commands) => {
        const state = events.reduce(memberDecider.evolve, memberDecider.initial);
        for (const each of commands) memberDecider.decide(each, state);
      }),
    );
  });
});
