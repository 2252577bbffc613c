import { command, now, type Circumstances } from '#testing/commands';
import { offerContent, offerId } from '#testing/content';
import { offerExamples } from '#testing/examples/offer.examples';
import { specifying } from '#testing/given-when-then';
import { play } from '#testing/histories';
import { factsWithPolicy, lyon } from '#testing/network-facts';
import { ana, asFacilitator, asMediator, asMember, asNetworkLead, bo, cleo, fay, gus, system } from '#testing/people';
import { anyHistory, anyMoment, expectRepeatsToMakeNothing } from '#testing/random-histories';
import fc from 'fast-check';
import { addDays, addMonths } from '../calendar';
import type { Instant } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import type { OfferCommand } from './offer.commands';
import { offerDecider } from './offer.decider';
import type { OfferEvent } from './offer.events';

const offer = specifying(offerDecider);
const id = offerId('offer-of-ana');
const ids = { offerId: id, memberId: ana, networkId: lyon };
const content = offerContent();
const other = offerContent({ level: 'advanced' });
const reviewDueAt = addMonths(now, 12);
const lapseAt = addDays(reviewDueAt, 30);
const settleBy = addDays(now, 10);

const drafted: OfferEvent = { type: 'OfferDrafted', data: { ...ids, content } };
const published: OfferEvent = { type: 'OfferPublished', data: { ...ids, content, reviewDueAt } };
const reviewDue: OfferEvent = { type: 'OfferReviewDue', data: { ...ids, lapseAt } };
const paused: OfferEvent = { type: 'OfferPaused', data: ids };
const withdrawn: OfferEvent = { type: 'OfferWithdrawn', data: ids };
const lapsed: OfferEvent = { type: 'OfferLapsed', data: ids };
const contested = (by = cleo): OfferEvent => ({
  type: 'OfferContested',
  data: { ...ids, by, kind: 'a-service', text: 'C’est un service', settleBy },
});
const settled = (outcome: 'kept' | 'taken-down'): OfferEvent => ({
  type: 'OfferContestSettled',
  data: { ...ids, by: fay, outcome, text: 'Vu ensemble' },
});

const draft = (by = asMember(ana), given = content) => command('DraftOffer', { offerId: id, memberId: ana, content: given }, by);
const publish = (given: DataOf<OfferCommand, 'PublishOffer'>['content'] = content, by = asMember(ana)) =>
  command('PublishOffer', { offerId: id, memberId: ana, content: given }, by);
const revise = (to = other, by = asMember(ana)) => command('ReviseOffer', { offerId: id, content: to }, by);
const simple = (type: 'ConfirmOffer' | 'PauseOffer' | 'ResumeOffer' | 'WithdrawOffer', by = asMember(ana), more: Circumstances = {}) =>
  command(type, { offerId: id }, by, more);
const contest = (by = asMember(cleo)) => command('ContestOffer', { offerId: id, kind: 'a-service', text: 'C’est un service' }, by);
const settle = (outcome: 'kept' | 'taken-down', by = asFacilitator()) =>
  command('SettleOfferContest', { offerId: id, outcome, text: 'Vu ensemble' }, by);
const callReview = (window: Instant, at: Instant = window, by = system) =>
  command('CallOfferReview', { offerId: id, reviewDueAt: window }, by, { at });
const lapse = (window: Instant, at: Instant = window, by = system) => command('LapseOffer', { offerId: id, lapseAt: window }, by, { at });

describe('publishing an offer', () => {
  it('is declared by its author alone, who may take a draft as it stands (R14, case 10)', () => {
    offer.given().when(draft(asFacilitator())).thenRefused('declared-by-another');
    const undeclared = offerContent({ declaredProfessional: false });
    const draftedFor: OfferEvent = { type: 'OfferDrafted', data: { ...ids, content: undeclared } };
    const asItStands = (declared: boolean) =>
      command('PublishOffer', { offerId: id, memberId: ana, content: null, declared }, asMember(ana));
    offer.given(draftedFor).when(asItStands(false)).thenRefused('not-declared-professional');
    offer.given(draftedFor).when(asItStands(true)).then(published);
  });

  it('drafts for oneself, or with a facilitator’s help, never for another (R6)', () => {
    offer.given().when(draft()).then(drafted);
    const undeclared = offerContent({ declaredProfessional: false });
    const draftedFor: OfferEvent = { type: 'OfferDrafted', data: { ...ids, content: undeclared } };
    offer.given().when(draft(asFacilitator(), undeclared)).then(draftedFor);
    offer
      .given()
      .when(draft(asMember(bo)))
      .thenRefused('not-allowed');
    offer.given(drafted).when(draft()).thenNothing();
    offer.given(published).when(draft()).thenRefused('offer-exists');
  });

  it('publishes with no draft before, and a draft as it stands', () => {
    offer.given().when(publish()).then(published);
    offer.given(drafted).when(publish(null)).then(published);
    offer.given().when(publish(null)).thenRefused('offer-not-found');
  });

  it('is published by its author alone, or from their enrolment (R6, R1)', () => {
    offer.given().when(publish(content, system)).then(published);
    for (const by of [asMember(bo), asFacilitator(), asNetworkLead(), asMediator()])
      offer.given(drafted).when(publish(null, by)).thenRefused('not-allowed');
    offer
      .given(drafted)
      .when(command('PublishOffer', { offerId: id, memberId: bo, content }, asMember(bo)))
      .thenRefused('not-allowed');
  });

  it('needs no one’s approval, only what the author declares (R5, R14)', () => {
    offer
      .given()
      .when(publish(offerContent({ declaredProfessional: false })))
      .thenRefused('not-declared-professional');
    offer.given(drafted).when(publish(null)).then(published);
  });

  it.each([
    ['wording-missing', { wording: ' ' }],
    ['topic-missing', { topic: { text: '', uri: null } }],
    ['site-missing', { place: 'site', site: null }],
    ['group-sizes-wrong', { smallestGroup: 0 }],
    ['group-sizes-wrong', { smallestGroup: 4, largestGroup: 3 }],
    ['group-sizes-wrong', { largestGroup: 2.5 }],
  ] as const)('refuses a content with %s', (code, change) => {
    offer
      .given()
      .when(publish(offerContent(change)))
      .thenRefused(code);
    offer
      .given(published)
      .when(revise(offerContent(change)))
      .thenRefused(code);
  });

  it('takes a reference for a text that was given before', () => {
    const written = offerContent({ wording: { ref: 'event#/content/wording' } });
    offer
      .given()
      .when(publish(written, system))
      .then({ type: 'OfferPublished', data: { ...ids, content: written, reviewDueAt } });
  });

  it('publishes once: again is nothing, otherwise is a revision (R22)', () => {
    offer.given(published).when(publish()).thenNothing();
    offer.given(published, reviewDue).when(publish(null)).thenNothing();
    offer.given(published).when(publish(other)).thenRefused('offer-already-published');
    offer.given(published, paused).when(publish()).thenRefused('offer-paused');
    offer.given(published, withdrawn).when(publish()).thenRefused('offer-ended');
  });
});

describe('the author’s word', () => {
  it.each(['ConfirmOffer', 'PauseOffer', 'ResumeOffer', 'WithdrawOffer'] as const)('only the author may %s (R6)', (type) => {
    for (const by of [asMember(bo), asFacilitator(), asNetworkLead()])
      offer.given(published).when(simple(type, by)).thenRefused('not-allowed');
    offer.given().when(simple(type)).thenRefused('offer-not-found');
  });

  it('only the author may revise, as a new event (R6, R21)', () => {
    offer
      .given(published)
      .when(revise())
      .then({ type: 'OfferRevised', data: { ...ids, content: other } });
    offer.given(published).when(revise(other, asFacilitator())).thenRefused('not-allowed');
    offer.given(published).when(revise(content)).thenNothing();
    offer.given(published, lapsed).when(revise()).thenRefused('offer-ended');
  });

  it('a draft may be revised while it is not fit to be published yet', () => {
    const undeclared = offerContent({ declaredProfessional: false });
    offer
      .given(drafted)
      .when(revise(undeclared))
      .then({ type: 'OfferRevised', data: { ...ids, content: undeclared } });
  });

  it('pauses, and resumes with a new review window', () => {
    offer.given(published).when(simple('PauseOffer')).then(paused);
    offer.given(published, paused).when(simple('PauseOffer')).thenNothing();
    const at = addDays(now, 40);
    const resumed: OfferEvent = { type: 'OfferResumed', data: { ...ids, reviewDueAt: addMonths(at, 12) } };
    offer
      .given(published, paused)
      .when(simple('ResumeOffer', asMember(ana), { at }))
      .then(resumed);
    offer.given(published).when(simple('ResumeOffer')).thenNothing();
    offer.given(drafted).when(simple('PauseOffer')).thenRefused('offer-not-published');
    offer.given(published, lapsed).when(simple('ResumeOffer')).thenRefused('offer-ended');
    offer.given(published, reviewDue).when(simple('ResumeOffer')).thenNothing();
    offer.given(drafted).when(simple('ResumeOffer')).thenRefused('offer-not-published');
  });

  it('withdraws, and the system does so for who left', () => {
    offer.given(published).when(simple('WithdrawOffer')).then(withdrawn);
    offer.given(drafted).when(simple('WithdrawOffer')).then(withdrawn);
    offer.given(published, paused).when(simple('WithdrawOffer', system)).then(withdrawn);
    offer.given(published, withdrawn).when(simple('WithdrawOffer')).thenNothing();
    offer.given(published, lapsed).when(simple('WithdrawOffer')).thenRefused('offer-ended');
  });
});

describe('the review window', () => {
  it('is fixed by the policy of the moment it opens', () => {
    const network = factsWithPolicy({ reviewMonths: 3, reviewDays: 7 });
    const at = addDays(now, 1);
    const confirmed: OfferEvent = { type: 'OfferConfirmed', data: { ...ids, reviewDueAt: addMonths(at, 3) } };
    offer
      .given(published)
      .when(simple('ConfirmOffer', asMember(ana), { at, network }))
      .then(confirmed);
  });

  it('calls to review when it ends, not before, and by the clock only', () => {
    offer.given(published).when(callReview(reviewDueAt)).then(reviewDue);
    offer
      .given(published)
      .when(callReview(reviewDueAt, addDays(reviewDueAt, -1)))
      .thenRefused('window-still-open');
    offer
      .given(published)
      .when(callReview(reviewDueAt, reviewDueAt, asMember(ana)))
      .thenRefused('not-allowed');
  });

  it('ignores a window that has moved since, or rests during a pause', () => {
    const confirmed: OfferEvent = { type: 'OfferConfirmed', data: { ...ids, reviewDueAt: addMonths(now, 13) } };
    offer.given(published, confirmed).when(callReview(reviewDueAt)).thenNothing();
    offer.given(published, paused).when(callReview(reviewDueAt)).thenNothing();
    offer.given(published, reviewDue, paused).when(lapse(lapseAt)).thenNothing();
    offer.given(published, reviewDue, confirmed).when(lapse(lapseAt)).thenNothing();
    offer
      .given(published, reviewDue)
      .when(lapse(addDays(lapseAt, 1)))
      .thenNothing();
  });

  it('lapses unless confirmed', () => {
    offer.given(published).when(simple('ConfirmOffer')).thenNothing();
    offer
      .given(published, reviewDue)
      .when(lapse(lapseAt, lapseAt, asMember(ana)))
      .thenRefused('not-allowed');
    offer.given(published, reviewDue).when(lapse(lapseAt)).then(lapsed);
    offer
      .given(published, reviewDue)
      .when(lapse(lapseAt, addDays(lapseAt, -1)))
      .thenRefused('window-still-open');
    const at = addDays(reviewDueAt, 3);
    const confirmed: OfferEvent = { type: 'OfferConfirmed', data: { ...ids, reviewDueAt: addMonths(at, 12) } };
    offer
      .given(published, reviewDue)
      .when(simple('ConfirmOffer', asMember(ana), { at }))
      .then(confirmed);
    offer.given(published, reviewDue, lapsed).when(simple('ConfirmOffer')).thenRefused('offer-ended');
    offer.given(published, paused).when(simple('ConfirmOffer')).thenRefused('offer-paused');
    offer.given(drafted).when(simple('ConfirmOffer')).thenRefused('offer-not-published');
  });
});

describe('a contested offer', () => {
  it('is contested afterwards, by somebody else, and stays published meanwhile (R14)', () => {
    offer.given(published).when(contest()).then(contested());
    offer
      .given(published)
      .when(contest(asMember(ana)))
      .thenRefused('not-allowed');
    offer.given(published).when(contest(system)).thenRefused('not-allowed');
    offer.given(drafted).when(contest()).thenRefused('offer-not-published');
    offer.given(published, withdrawn).when(contest()).thenRefused('offer-ended');
    expect(offer.given(published).when(contest()).state.status).toBe('published');
  });

  it('has one contest at a time (R14, R22)', () => {
    offer.given(published, contested()).when(contest()).thenNothing();
    offer
      .given(published, contested())
      .when(contest(asMember(bo)))
      .thenRefused('already-contested');
  });

  it('is settled by a facilitator, kept or taken down (R14)', () => {
    offer.given(published, contested()).when(settle('kept')).then(settled('kept'));
    offer.given(published, contested()).when(settle('taken-down')).then(settled('taken-down'));
    offer.given(published, contested()).when(settle('kept', asNetworkLead())).thenRefused('not-allowed');
    offer.given(published).when(settle('kept')).thenRefused('no-open-contest');
    offer.given(published, contested(), settled('kept')).when(settle('kept')).thenNothing();
    offer.given(published, contested(), settled('kept')).when(settle('taken-down')).thenRefused('no-open-contest');
  });

  it('is settled by no facilitator whom the case names (R14)', () => {
    offer
      .given(published, contested(gus))
      .when(settle('kept', asFacilitator(gus)))
      .thenRefused('case-names-you');
    offer
      .given(published, contested())
      .when(settle('kept', asFacilitator(ana)))
      .thenRefused('case-names-you');
  });

  it('ends when taken down, and goes on in its former state when kept (R14)', () => {
    offer.given(published, contested(), settled('taken-down')).when(simple('PauseOffer')).thenRefused('offer-ended');
    expect(offer.given(published, reviewDue, contested()).when(settle('kept')).state).toMatchObject({ status: 'review-due', lapseAt });
  });
});

describe('any history of an offer', () => {
  const anyContent = fc.constantFrom(content, other, offerContent({ declaredProfessional: false }));
  const target = { offerId: id };
  const orders = fc.oneof(
    fc.record({
      type: fc.constant('DraftOffer' as const),
      data: fc.record({ offerId: fc.constant(id), memberId: fc.constant(ana), content: anyContent }),
    }),
    fc.record({
      type: fc.constant('PublishOffer' as const),
      data: fc.record({ offerId: fc.constant(id), memberId: fc.constantFrom(ana, ana, bo), content: fc.option(anyContent) }),
    }),
    fc.record({ type: fc.constant('ReviseOffer' as const), data: fc.record({ offerId: fc.constant(id), content: anyContent }) }),
    fc
      .constantFrom('ConfirmOffer' as const, 'PauseOffer' as const, 'ResumeOffer' as const, 'WithdrawOffer' as const)
      .map((type) => ({ type, data: target })),
    fc.constant({ type: 'ContestOffer' as const, data: { ...target, kind: 'misleading' as const, text: 'Trompeur' } }),
    fc
      .constantFrom('kept' as const, 'taken-down' as const)
      .map((outcome) => ({ type: 'SettleOfferContest' as const, data: { ...target, outcome, text: 'Vu' } })),
    anyMoment.map((moment) => ({ type: 'CallOfferReview' as const, data: { ...target, reviewDueAt: moment } })),
    anyMoment.map((moment) => ({ type: 'LapseOffer' as const, data: { ...target, lapseAt: moment } })),
  );
  const fromPublished = { ...offerDecider, initial: offerDecider.evolve(offerDecider.initial, published) };
  const beginnings = fc.constantFrom(offerDecider, fromPublished);
  const histories = anyHistory<OfferCommand>(orders);

  it('makes nothing of an accepted command that is repeated (R22)', () => {
    fc.assert(fc.property(beginnings, histories, (decider, commands) => expectRepeatsToMakeNothing(decider, commands)));
  });

  it('lets only the author act, publishes only what is declared, and ends once (R6, R14)', () => {
    const byAuthor = ['OfferRevised', 'OfferConfirmed', 'OfferPaused', 'OfferResumed'];
    fc.assert(
      fc.property(beginnings, histories, (decider, commands) => {
        for (const {
          command: { by },
          before,
          decision,
        } of play(decider, commands)) {
          if (decision.kind === 'refused') continue;
          for (const event of decision.events) {
            expect(['withdrawn', 'lapsed', 'taken-down']).not.toContain(before.status);
            if (byAuthor.includes(event.type)) expect([by.id, by.role === 'system']).toEqual([event.data.memberId, false]);
            if (event.type === 'OfferPublished')
              expect([event.data.content.declaredProfessional, event.data.memberId === by.id || by.role === 'system']).toEqual([
                true,
                true,
              ]);
            if (event.type === 'OfferContestSettled') expect([by.role, by.id === event.data.memberId]).toEqual(['facilitator', false]);
          }
        }
      }),
    );
  });

  it('folds any sequence of events without judging', () => {
    const examples = Object.entries(offerExamples).map(([type, data]) => ({ type, data }) as OfferEvent);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...examples)), histories, (events, commands) => {
        const state = events.reduce(offerDecider.evolve, offerDecider.initial);
        for (const each of commands) offerDecider.decide(each, state);
      }),
    );
  });
});
