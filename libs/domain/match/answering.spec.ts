import { command, now } from '#testing/commands';
import { ana, asFacilitator, asMember, bo, cleo, dia, eli, system } from '#testing/people';
import type { Instant } from '#kernel/id';
import { addDays } from '../calendar';
import type { MemberId } from '../ids';
import type { MatchEvent } from './match.events';
import {
  match,
  matchId,
  ids,
  giver,
  learner,
  pair,
  group,
  byBo,
  declines,
  proposed,
  answerBy,
  opened,
  accepted,
  declined,
  confirmed,
  running,
} from './match.fixture';

const accepts = (memberId: MemberId, at: Instant = now) => command('AcceptMatch', { matchId, memberId }, asMember(memberId), { at });

describe('Answering a match', () => {
  it('confirms at once when the last one accepts (R10)', () => {
    match.given(proposed(), opened()).when(accepts(ana)).then(accepted(ana));
    match.given(proposed(), opened(), accepted(ana)).when(accepts(bo)).then(accepted(bo), confirmed());
    match
      .given(proposed(pair, { origin: byBo }), opened(pair, [bo]))
      .when(accepts(ana))
      .then(accepted(ana), confirmed());
  });
  it('answers a repeated acceptance with nothing (R22)', () => {
    match.given(proposed(), opened(), accepted(ana)).when(accepts(ana)).thenNothing();
    match
      .given(...running)
      .when(accepts(bo))
      .thenNothing();
  });
  it('lets nobody accept for another (R6)', () => {
    const forAna = { matchId, memberId: ana };
    match
      .given(proposed(), opened())
      .when(command('AcceptMatch', forAna, asFacilitator()))
      .thenRefused('not-allowed');
    match
      .given(proposed(), opened())
      .when(command('AcceptMatch', forAna, system))
      .thenRefused('not-allowed');
    match.given(proposed(), opened()).when(accepts(cleo)).thenRefused('not-a-participant');
  });
  it('waits for the opening, and ends with the window (R10)', () => {
    match.given(proposed()).when(accepts(ana)).thenRefused('match-not-open');
    match.given(proposed(), opened()).when(accepts(ana, answerBy)).then(accepted(ana));
    match
      .given(proposed(), opened())
      .when(accepts(ana, addDays(answerBy, 1)))
      .thenRefused('window-ended');
  });
  it('ends when a giver declines (R10)', () => {
    match
      .given(proposed(group), opened(group))
      .when(declines(ana))
      .then(declined(ana, group, true));
    match
      .given(proposed(group), opened(group), declined(ana, group, true))
      .when(accepts(bo))
      .thenRefused('match-ended');
  });
  it('goes on when a learner declines and enough remain, ends when too few do (R10)', () => {
    const terms = proposed(group, { smallestGroup: 2 });
    match
      .given(terms, opened(group))
      .when(declines(bo))
      .then(declined(bo, group, false));
    const fewer = [giver(ana), learner(dia), learner(eli)];
    match
      .given(terms, opened(group), declined(bo, group, false))
      .when(declines(dia))
      .then(declined(dia, fewer, true));
  });
  it('confirms at once when the last one who had not answered declines (R10)', () => {
    const history = [proposed(group), opened(group), accepted(ana), accepted(bo), accepted(dia)];
    match
      .given(...history)
      .when(declines(eli))
      .then(declined(eli, group, false), confirmed([giver(ana), learner(bo), learner(dia)]));
  });
  it('takes back an acceptance when the same person declines before the confirmation (R6)', () => {
    const history = [proposed(group), opened(group), accepted(ana), accepted(bo), declined(bo, group, false)];
    match
      .given(...history)
      .when(accepts(bo))
      .thenRefused('not-a-participant');
    match
      .given(...history, accepted(dia))
      .when(accepts(eli))
      .then(accepted(eli), confirmed([giver(ana), learner(dia), learner(eli)]));
  });
  it('counts a pause as the person’s decline, also before it opened (§3)', () => {
    match
      .given(proposed())
      .when(declines(bo, 'paused', system))
      .then(declined(bo, pair, true, 'paused'));
    match
      .given(proposed(), opened())
      .when(declines(bo, 'paused', asFacilitator()))
      .thenRefused('not-allowed');
  });
  it('answers a repeated decline with nothing (R22)', () =>
    match
      .given(proposed(), opened(), declined(bo, pair, true))
      .when(declines(bo))
      .thenNothing());
  it('takes no decline after the confirmation (R10)', () => {
    match
      .given(...running)
      .when(declines(bo))
      .thenRefused('match-confirmed');
    match
      .given(...running)
      .when(declines(bo, 'paused', system))
      .thenRefused('match-confirmed');
  });
});

describe('The end of the acceptance window', () => {
  const end = command('EndAcceptanceWindow', { matchId, answerBy }, system, { at: answerBy });
  it('confirms with who accepted where they are enough (R10)', () => {
    const rest = [giver(ana), learner(bo)];
    match
      .given(proposed(group), opened(group), accepted(ana), accepted(bo))
      .when(end)
      .then(confirmed(rest, [learner(dia), learner(eli)], answerBy));
  });
  it('lets the match expire where a giver was silent or too few learners answered (R10)', () => {
    const expired = (silent: readonly MemberId[]): MatchEvent => ({ type: 'MatchExpired', data: { ...ids, participants: group, silent } });
    match
      .given(proposed(group), opened(group), accepted(bo), accepted(dia), accepted(eli))
      .when(end)
      .then(expired([ana]));
    const two = proposed(group, { smallestGroup: 2 });
    match
      .given(two, opened(group), accepted(ana), accepted(bo))
      .when(end)
      .then(expired([dia, eli]));
  });
  it('means the window in force only, and not before its end (§3)', () => {
    match
      .given(...running)
      .when(end)
      .thenNothing();
    match
      .given(proposed(), opened())
      .when({ ...end, data: { matchId, answerBy: addDays(answerBy, 1) } })
      .thenNothing();
    match
      .given(proposed(), opened())
      .when({ ...end, at: now })
      .thenRefused('window-still-open');
    match
      .given(proposed(), opened())
      .when({ ...end, by: asMember(bo) })
      .thenRefused('not-allowed');
  });
});
