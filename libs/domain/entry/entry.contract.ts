import { now } from '#testing/commands';
import { factsWithPolicy } from '#testing/network-facts';
import { ana, asFacilitator, asMediator, asMember, asNetworkLead, bo, gus, system } from '#testing/people';
import { addDays, addMonths } from '../calendar';
import { authorsWord, entryWords, lapseAt, reviewDueAt, type EntryKind } from './entry.fixture';

/** What holds for offers and requests alike. */
export const entryContract = (kind: EntryKind): void => {
  const {
    entry,
    noun,
    nameOf,
    fact,
    contentOf,
    content,
    other,
    undeclared,
    drafted,
    draftedUndeclared,
    published,
    reviewDue,
    confirmed,
    paused,
    resumed,
    withdrawn,
    lapsed,
    contested,
    settled,
    draft,
    publish,
    revise,
    contest,
    settle,
    callReview,
    lapse,
    order,
  } = entryWords(kind);
  const anOfferOrRequest = noun === 'offer' ? 'an offer' : 'a request';

  describe(`publishing ${anOfferOrRequest}`, () => {
    it('is declared by its author alone, who may take a draft as it stands (R14, case 10)', () => {
      entry.given().when(draft(asFacilitator())).thenRefused('declared-by-another');
      const asItStands = (declared: boolean) => order('PublishEntry', { memberId: ana, content: null, declared });
      entry.given(draftedUndeclared).when(asItStands(false)).thenRefused('not-declared-professional');
      entry.given(draftedUndeclared).when(asItStands(true)).then(published);
    });

    it('drafts for oneself, or with a facilitator’s help, never for another (R6)', () => {
      entry.given().when(draft()).then(drafted);
      entry.given().when(draft(asFacilitator(), undeclared)).then(draftedUndeclared);
      entry
        .given()
        .when(draft(asMember(bo)))
        .thenRefused('not-allowed');
      entry.given(drafted).when(draft()).thenNothing();
      entry.given(published).when(draft()).thenRefused(`${noun}-exists`);
    });

    it('publishes with no draft before, and a draft as it stands', () => {
      entry.given().when(publish()).then(published);
      entry.given(drafted).when(publish(null)).then(published);
      entry.given().when(publish(null)).thenRefused(`${noun}-not-found`);
    });

    it('is published by its author alone, or from their enrolment (R6, R1)', () => {
      entry.given().when(publish(content, system)).then(published);
      for (const by of [asMember(bo), asFacilitator(), asNetworkLead(), asMediator()])
        entry.given(drafted).when(publish(null, by)).thenRefused('not-allowed');
      entry
        .given(drafted)
        .when(publish(content, asMember(bo), bo))
        .thenRefused('not-allowed');
    });

    it('needs no one’s approval, only what the author declares (R5, R14)', () => {
      entry.given().when(publish(undeclared)).thenRefused('not-declared-professional');
      entry.given(drafted).when(publish(null)).then(published);
    });

    it.each([
      ['wording-missing', { wording: ' ' }],
      ['topic-missing', { topic: { text: '', uri: null } }],
      ['site-missing', { place: 'site', site: null }],
    ] as const)('refuses a content with %s', (code, change) => {
      entry
        .given()
        .when(publish(contentOf(change)))
        .thenRefused(code);
      entry
        .given(published)
        .when(revise(contentOf(change)))
        .thenRefused(code);
    });

    it('takes a reference for a text that was given before', () => {
      const written = contentOf({ wording: { ref: 'event#/content/wording' } });
      entry
        .given()
        .when(publish(written, system))
        .then(fact('EntryPublished', { content: written, reviewDueAt }));
    });

    it('publishes once: again is nothing, otherwise is a revision (R22)', () => {
      entry.given(published).when(publish()).thenNothing();
      entry.given(published, reviewDue).when(publish(null)).thenNothing();
      entry.given(published).when(publish(other)).thenRefused(`${noun}-already-published`);
      entry.given(published, paused).when(publish()).thenRefused(`${noun}-paused`);
      entry.given(published, withdrawn).when(publish()).thenRefused(`${noun}-ended`);
    });
  });

  describe('the author’s word', () => {
    it.each(authorsWord.map((name) => [nameOf(name), name] as const))('only the author may %s (R6)', (_, name) => {
      for (const by of [asMember(bo), asFacilitator(), asNetworkLead()])
        entry
          .given(published)
          .when(order(name, {}, by))
          .thenRefused('not-allowed');
      entry.given().when(order(name)).thenRefused(`${noun}-not-found`);
    });

    it('only the author may revise, as a new event (R6, R21)', () => {
      entry
        .given(published)
        .when(revise())
        .then(fact('EntryRevised', { content: other }));
      entry.given(published).when(revise(other, asFacilitator())).thenRefused('not-allowed');
      entry.given(published).when(revise(content)).thenNothing();
      entry.given(published, lapsed).when(revise()).thenRefused(`${noun}-ended`);
    });

    it('a draft may be revised while it is not fit to be published yet', () => {
      entry
        .given(drafted)
        .when(revise(undeclared))
        .then(fact('EntryRevised', { content: undeclared }));
    });

    it('pauses, and resumes with a new review window', () => {
      entry.given(published).when(order('PauseEntry')).then(paused);
      entry.given(published, paused).when(order('PauseEntry')).thenNothing();
      const at = addDays(now, 40);
      entry
        .given(published, paused)
        .when(order('ResumeEntry', {}, asMember(ana), { at }))
        .then(resumed(addMonths(at, 12)));
      entry.given(published).when(order('ResumeEntry')).thenNothing();
      entry.given(drafted).when(order('PauseEntry')).thenRefused(`${noun}-not-published`);
      entry.given(published, lapsed).when(order('ResumeEntry')).thenRefused(`${noun}-ended`);
      entry.given(published, reviewDue).when(order('ResumeEntry')).thenNothing();
      entry.given(drafted).when(order('ResumeEntry')).thenRefused(`${noun}-not-published`);
    });

    it('withdraws, and the system does so for who left', () => {
      entry.given(published).when(order('WithdrawEntry')).then(withdrawn);
      entry.given(drafted).when(order('WithdrawEntry')).then(withdrawn);
      entry
        .given(published, paused)
        .when(order('WithdrawEntry', {}, system))
        .then(withdrawn);
      entry.given(published, withdrawn).when(order('WithdrawEntry')).thenNothing();
      entry.given(published, lapsed).when(order('WithdrawEntry')).thenRefused(`${noun}-ended`);
    });
  });

  describe('the review window', () => {
    it('is fixed by the policy of the moment it opens', () => {
      const network = factsWithPolicy({ reviewMonths: 3, reviewDays: 7 });
      const at = addDays(now, 1);
      entry
        .given(published)
        .when(order('ConfirmEntry', {}, asMember(ana), { at, network }))
        .then(confirmed(addMonths(at, 3)));
    });

    it('calls to review when it ends, not before, and by the clock only', () => {
      entry.given(published).when(callReview(reviewDueAt)).then(reviewDue);
      entry
        .given(published)
        .when(callReview(reviewDueAt, addDays(reviewDueAt, -1)))
        .thenRefused('window-still-open');
      entry
        .given(published)
        .when(callReview(reviewDueAt, reviewDueAt, asMember(ana)))
        .thenRefused('not-allowed');
    });

    it('ignores a window that has moved since, or rests during a pause', () => {
      const later = confirmed(addMonths(now, 13));
      entry.given(published, later).when(callReview(reviewDueAt)).thenNothing();
      entry.given(published, paused).when(callReview(reviewDueAt)).thenNothing();
      entry.given(published, reviewDue, paused).when(lapse(lapseAt)).thenNothing();
      entry.given(published, reviewDue, later).when(lapse(lapseAt)).thenNothing();
      entry
        .given(published, reviewDue)
        .when(lapse(addDays(lapseAt, 1)))
        .thenNothing();
    });

    it('lapses unless confirmed', () => {
      entry.given(published).when(order('ConfirmEntry')).thenNothing();
      entry
        .given(published, reviewDue)
        .when(lapse(lapseAt, lapseAt, asMember(ana)))
        .thenRefused('not-allowed');
      entry.given(published, reviewDue).when(lapse(lapseAt)).then(lapsed);
      entry
        .given(published, reviewDue)
        .when(lapse(lapseAt, addDays(lapseAt, -1)))
        .thenRefused('window-still-open');
      const at = addDays(reviewDueAt, 3);
      entry
        .given(published, reviewDue)
        .when(order('ConfirmEntry', {}, asMember(ana), { at }))
        .then(confirmed(addMonths(at, 12)));
      entry.given(published, reviewDue, lapsed).when(order('ConfirmEntry')).thenRefused(`${noun}-ended`);
      entry.given(published, paused).when(order('ConfirmEntry')).thenRefused(`${noun}-paused`);
      entry.given(drafted).when(order('ConfirmEntry')).thenRefused(`${noun}-not-published`);
    });
  });

  describe(`a contested ${noun}`, () => {
    it('is contested afterwards, by somebody else, and stays published meanwhile (R14)', () => {
      entry.given(published).when(contest()).then(contested());
      entry
        .given(published)
        .when(contest(asMember(ana)))
        .thenRefused('not-allowed');
      entry.given(published).when(contest(system)).thenRefused('not-allowed');
      entry.given(drafted).when(contest()).thenRefused(`${noun}-not-published`);
      entry.given(published, withdrawn).when(contest()).thenRefused(`${noun}-ended`);
      expect(entry.given(published).when(contest()).state.status).toBe('published');
    });

    it('has one contest at a time (R14, R22)', () => {
      entry.given(published, contested()).when(contest()).thenNothing();
      entry
        .given(published, contested())
        .when(contest(asMember(bo)))
        .thenRefused('already-contested');
    });

    it('is settled by a facilitator, kept or taken down (R14)', () => {
      entry.given(published, contested()).when(settle('kept')).then(settled('kept'));
      entry.given(published, contested()).when(settle('taken-down')).then(settled('taken-down'));
      entry.given(published, contested()).when(settle('kept', asNetworkLead())).thenRefused('not-allowed');
      entry.given(published).when(settle('kept')).thenRefused('no-open-contest');
      entry.given(published, contested(), settled('kept')).when(settle('kept')).thenNothing();
      entry.given(published, contested(), settled('kept')).when(settle('taken-down')).thenRefused('no-open-contest');
    });

    it('is settled by no facilitator whom the case names (R14)', () => {
      entry
        .given(published, contested(gus))
        .when(settle('kept', asFacilitator(gus)))
        .thenRefused('case-names-you');
      entry
        .given(published, contested())
        .when(settle('kept', asFacilitator(ana)))
        .thenRefused('case-names-you');
    });

    it('ends when taken down, and goes on in its former state when kept (R14)', () => {
      entry.given(published, contested(), settled('taken-down')).when(order('PauseEntry')).thenRefused(`${noun}-ended`);
      expect(entry.given(published, reviewDue, contested()).when(settle('kept')).state).toMatchObject({ status: 'review-due', lapseAt });
    });
  });
};
