import {
  after,
  agreed,
  ask,
  attendees,
  evaluateBy,
  evaluated,
  form,
  heldStory,
  salt,
  ids,
  learner,
  pair,
  sessionHeld,
  first,
  bothThere,
  exchangeHeld,
} from '#testing/histories/exchange-story';
import { specifying } from '#testing/given-when-then';
import { ana, asFacilitator, asMediator, asMember, bo, cleo, dia, fay, gus, moe, system } from '#testing/people';
import type { DataOf } from '#kernel/message';
import { addDays } from '../calendar';
import type { CriterionId, DisputeId, MemberId } from '../ids';
import { exchangeDecider } from './exchange.decider';
import type { EvaluationForm, ExchangeEvent } from './exchange.events';

const exchange = specifying(exchangeDecider);
const [giverThere, learnerThere] = attendees;
const submit = (by: MemberId, changes: Partial<EvaluationForm> = {}, at = after) =>
  ask('SubmitEvaluation', { form: form(by === ana ? 'giver' : 'learner', changes), salt }, asMember(by), { at });
const amend = (by: MemberId, changes: Partial<EvaluationForm> = {}, at = after) =>
  ask('AmendEvaluation', { form: form(by === ana ? 'giver' : 'learner', changes), salt }, asMember(by), { at });
const unsealed = (submitted = [...attendees] as DataOf<ExchangeEvent, 'ExchangeEvaluated'>['submitted']): ExchangeEvent => ({
  type: 'ExchangeEvaluated',
  data: { ...ids, submitted },
});
const closed = (changes: Partial<DataOf<ExchangeEvent, 'ExchangeClosed'>> = {}): ExchangeEvent => ({
  type: 'ExchangeClosed',
  data: { ...ids, outcome: 'all', submitted: attendees, missed: [], ...changes },
});

describe('Evaluating', () => {
  it('comes after held only, from who was there only (R13)', () => {
    exchange.given(agreed(), sessionHeld()).when(submit(bo)).thenRefused('not-held-yet');
    exchange
      .given(...heldStory)
      .when(submit(bo))
      .then(evaluated(bo, 'learner'));
    exchange
      .given(...heldStory)
      .when(submit(cleo))
      .thenRefused('not-a-participant');
    const group = agreed({ participants: [...pair, learner(dia)] });
    exchange
      .given(group, ...heldStory.slice(1))
      .when(submit(dia))
      .thenRefused('was-not-there');
    exchange
      .given(...heldStory)
      .when(ask('SubmitEvaluation', { form: form('learner'), salt }, system))
      .thenRefused('not-a-participant');
  });
  it('unseals and closes when the last one is in (R13)', () =>
    exchange
      .given(...heldStory, evaluated(bo, 'learner'))
      .when(submit(ana))
      .then(evaluated(ana, 'giver'), unsealed(), closed()));
  it('is done once; the same again changes nothing (R13, R22)', () => {
    exchange
      .given(...heldStory, evaluated(bo, 'learner'))
      .when(submit(bo))
      .thenNothing();
    exchange
      .given(...heldStory, evaluated(bo, 'learner'))
      .when(submit(bo, { overall: 1 }))
      .thenRefused('already-evaluated');
  });
  it('judges the criteria agreed, all of them and no other, in whole points from 1 to 5 (R13)', () => {
    const [one, two] = form('learner').criteria;
    for (const criteria of [[], [one!], [one!, one!], [one!, two!, two!], [one!, { criterionId: 'c3' as CriterionId, score: 3 }]])
      exchange
        .given(...heldStory)
        .when(submit(bo, { criteria }))
        .thenRefused('criteria-differ');
    exchange
      .given(...heldStory)
      .when(submit(bo, { criteria: [two!, one!] }))
      .then(evaluated(bo, 'learner', { criteria: [two!, one!] }));
    for (const wrong of [0, 6, 2.5, Number.NaN]) {
      exchange
        .given(...heldStory)
        .when(submit(bo, { overall: wrong }))
        .thenRefused('score-invalid');
      exchange
        .given(...heldStory)
        .when(submit(bo, { usable: wrong }))
        .thenRefused('score-invalid');
      exchange
        .given(...heldStory)
        .when(submit(bo, { criteria: [one!, { ...two!, score: wrong }] }))
        .thenRefused('score-invalid');
    }
  });
  it('asks learners, and learners alone, how usable it is (R13)', () => {
    exchange
      .given(...heldStory)
      .when(submit(bo, { usable: null }))
      .thenRefused('score-invalid');
    exchange
      .given(...heldStory)
      .when(submit(ana, { usable: 3 }))
      .thenRefused('usable-is-the-learners');
  });
  it('may be amended before unsealing, naming the version that it amends, and not after (R13, R21)', () => {
    const amended = (amends: number, overall: number): ExchangeEvent => ({
      type: 'EvaluationAmended',
      data: { ...ids, memberId: bo, role: 'learner', amends, form: form('learner', { overall }), salt },
    });
    const history = [...heldStory, evaluated(bo, 'learner')];
    exchange
      .given(...history)
      .when(amend(bo, { overall: 2 }))
      .then(amended(1, 2));
    exchange
      .given(...history, amended(1, 2))
      .when(amend(bo, { overall: 3 }))
      .then(amended(2, 3));
    exchange
      .given(...history, amended(1, 2))
      .when(amend(bo, { overall: 2 }))
      .thenNothing();
    exchange
      .given(...history)
      .when(amend(ana))
      .thenRefused('nothing-to-amend');
    exchange
      .given(...history)
      .when(amend(cleo))
      .thenRefused('not-a-participant');
    exchange
      .given(...history, evaluated(ana, 'giver'), unsealed(), closed())
      .when(amend(bo, { overall: 1 }))
      .thenRefused('evaluations-unsealed');
    exchange
      .given(...history)
      .when(amend(bo, { overall: 1 }, addDays(evaluateBy, 1)))
      .thenRefused('evaluation-window-ended');
  });
  it('is not due from who was not there after all: the last one missing may close it so (R12, R13)', () => {
    const absent: ExchangeEvent = {
      type: 'SessionCorrected',
      data: { ...ids, sessionId: first, memberId: ana, was: bothThere[0]!, now: null },
    };
    const correct = ask('CorrectSession', { sessionId: first, memberId: ana, now: null }, asMember(ana));
    const submitted = [learnerThere];
    exchange
      .given(...heldStory, evaluated(bo, 'learner'))
      .when(correct)
      .then(absent, unsealed(submitted), closed({ submitted }));
    exchange
      .given(...heldStory, absent)
      .when(submit(ana))
      .thenRefused('was-not-there');
  });
});

describe('The end of the evaluation window', () => {
  const end = ask('EndEvaluation', { evaluateBy }, system, { at: evaluateBy });
  it('unseals what there is, and tells who missed it (R13)', () => {
    const some = { submitted: [learnerThere], missed: [giverThere] };
    exchange
      .given(...heldStory, evaluated(bo, 'learner'))
      .when(end)
      .then(unsealed([learnerThere]), closed({ outcome: 'some', ...some }));
    exchange
      .given(...heldStory)
      .when(end)
      .then(closed({ outcome: 'none', submitted: [], missed: attendees }));
    exchange
      .given(...heldStory)
      .when(submit(bo, {}, addDays(evaluateBy, 1)))
      .thenRefused('evaluation-window-ended');
  });
  it('means the window in force, once, and at its end (§3)', () => {
    exchange
      .given(...heldStory)
      .when({ ...end, at: after })
      .thenRefused('window-still-open');
    exchange
      .given(...heldStory, unsealed(), closed())
      .when(end)
      .thenNothing();
    exchange
      .given(...heldStory)
      .when(ask('EndEvaluation', { evaluateBy: after }, system, { at: evaluateBy }))
      .thenNothing();
    exchange
      .given(...heldStory)
      .when({ ...end, by: asMember(ana) })
      .thenRefused('not-allowed');
  });
});

describe('A dispute', () => {
  const disputeId = 'dispute-1' as DisputeId;
  const open = (by = asMember(bo), id = disputeId) =>
    ask('DisputeExchange', { disputeId: id, kind: 'content', text: 'Pas ce qui était dit' }, by);
  const settle = (outcome: 'goes-on' | 'closed', by = asFacilitator(), at = after) =>
    ask('SettleDispute', { disputeId, outcome, text: 'Entendu' }, by, { at });
  const disputed: ExchangeEvent = {
    type: 'ExchangeDisputed',
    data: { ...ids, disputeId, kind: 'content', by: bo, text: 'Pas ce qui était dit', settleBy: addDays(after, 10) },
  };
  const settled = (outcome: 'goes-on' | 'closed'): ExchangeEvent => ({
    type: 'DisputeSettled',
    data: { ...ids, disputeId, by: fay, outcome, text: 'Entendu' },
  });

  it('is opened by a participant or the mediator, one at a time (§3)', () => {
    exchange.given(agreed()).when(open()).then(disputed);
    exchange.given(agreed(), disputed).when(open()).thenNothing();
    exchange
      .given(agreed(), disputed)
      .when(open(asMember(ana), 'dispute-2' as DisputeId))
      .thenRefused('exchange-disputed');
    exchange.given(agreed(), disputed, settled('goes-on')).when(open()).thenNothing();
    exchange
      .given(agreed())
      .when(open(asMember(cleo)))
      .thenRefused('not-allowed');
  });
  it('is settled by a facilitator whom the case does not name (§7)', () => {
    exchange.given(agreed(), disputed).when(settle('goes-on')).then(settled('goes-on'));
    exchange.given(agreed(), disputed).when(settle('goes-on', asMediator())).thenRefused('not-allowed');
    for (const named of [ana, bo, moe])
      exchange
        .given(agreed(), disputed)
        .when(settle('goes-on', asFacilitator(named)))
        .thenRefused('facilitator-named');
    exchange.given(agreed()).when(settle('goes-on')).thenRefused('dispute-not-found');
    exchange
      .given(agreed(), disputed, settled('goes-on'))
      .when(settle('closed', asFacilitator(gus)))
      .thenRefused('dispute-settled');
  });
  it('gives the exchange back its former state, or closes it (§3)', () => {
    expect(exchange.given(...heldStory, disputed).when(settle('goes-on')).state.status).toBe('evaluating');
    expect(exchange.given(agreed(), disputed).when(settle('goes-on')).state.status).toBe('agreed');
    const none = closed({ outcome: 'disputed', submitted: [], missed: [] });
    exchange.given(agreed(), disputed).when(settle('closed')).then(settled('closed'), none);
    exchange.given(agreed(), sessionHeld(), disputed).when(settle('closed')).then(settled('closed'), none);
  });
  it('unseals what was evaluated by then where it closes a held exchange, and names who did and who did not (R13, case 26)', () => {
    const some = closed({ outcome: 'disputed', submitted: [learnerThere], missed: [giverThere] });
    exchange
      .given(...heldStory, evaluated(bo, 'learner'), disputed)
      .when(settle('closed'))
      .then(settled('closed'), unsealed([learnerThere]), some);
    exchange
      .given(...heldStory, disputed)
      .when(settle('closed'))
      .then(settled('closed'), closed({ outcome: 'disputed', submitted: [], missed: attendees }));
    exchange
      .given(...heldStory, evaluated(bo, 'learner'), disputed, evaluated(ana, 'giver'))
      .when(settle('closed'))
      .then(settled('closed'), unsealed(), closed({ outcome: 'disputed' }));
    exchange
      .given(...heldStory, evaluated(bo, 'learner'), disputed, settled('closed'), unsealed([learnerThere]), some)
      .when(amend(bo, { overall: 1 }))
      .thenRefused('evaluations-unsealed');
  });
  it('unseals what was due by its closing, and closes nothing twice (R13)', () => {
    const some = closed({ outcome: 'disputed', submitted: [learnerThere], missed: [giverThere] });
    const history = [...heldStory, evaluated(bo, 'learner'), disputed];
    exchange
      .given(...history)
      .when(settle('closed', asFacilitator(), evaluateBy))
      .then(settled('closed'), unsealed([learnerThere]), some);
    const over = [...heldStory, evaluated(bo, 'learner'), evaluated(ana, 'giver'), unsealed(), closed(), disputed];
    exchange
      .given(...over)
      .when(settle('closed'))
      .then(settled('closed'));
    expect(exchange.given(...over).when(settle('goes-on')).state.status).toBe('closed');
  });
  it('keeps the plan still, and lets everybody tell what happened (§3)', () => {
    const given = exchange.given(agreed(), disputed);
    given.when(ask('CancelExchange', { reason: 'other' }, asMember(bo))).thenRefused('exchange-disputed');
    given.when(ask('InterruptExchange', { reason: 'other' }, asMember(bo))).thenRefused('exchange-disputed');
    exchange
      .given(agreed(), sessionHeld(), disputed)
      .when(ask('SettleHeld', { outcome: 'held' }, asMediator()))
      .thenRefused('exchange-disputed');
    exchange
      .given(...heldStory, disputed)
      .when(submit(bo))
      .then(evaluated(bo, 'learner'));
  });
  it('defers what falls meanwhile to its settlement (§3)', () => {
    const lapseAt = addDays(after, 73);
    exchange
      .given(agreed(), disputed)
      .when(ask('LapseExchange', { lapseAt }, system, { at: lapseAt }))
      .thenNothing();
    const late = exchange.given(agreed(), disputed).when(settle('goes-on', asFacilitator(), lapseAt));
    late.then(settled('goes-on'), {
      type: 'ExchangeInterrupted',
      data: { ...ids, matchId: 'match-1' as never, participants: pair, by: null, reason: 'unreported' },
    });
    const confirmed = (by: MemberId): ExchangeEvent => ({ type: 'HeldConfirmed', data: { ...ids, by } });
    const confirm = ask('ConfirmHeld', {}, asMember(bo));
    exchange.given(agreed(), sessionHeld(), confirmed(ana), disputed).when(confirm).then(confirmed(bo));
    exchange
      .given(agreed(), sessionHeld(), confirmed(ana), disputed, confirmed(bo))
      .when(settle('goes-on'))
      .then(settled('goes-on'), exchangeHeld());
    exchange
      .given(...heldStory, disputed)
      .when(ask('EndEvaluation', { evaluateBy }, system, { at: evaluateBy }))
      .thenNothing();
    const none = closed({ outcome: 'none', submitted: [], missed: attendees });
    exchange
      .given(...heldStory, disputed)
      .when(settle('goes-on', asFacilitator(), evaluateBy))
      .then(settled('goes-on'), none);
    const full = [...heldStory, evaluated(bo, 'learner'), disputed, evaluated(ana, 'giver')];
    exchange
      .given(...full)
      .when(settle('goes-on'))
      .then(settled('goes-on'), unsealed(), closed());
  });
  it('has nothing to settle in what ended unheld (§3)', () => {
    const interrupted: ExchangeEvent = {
      type: 'ExchangeInterrupted',
      data: { ...ids, matchId: 'match-1' as never, participants: pair, by: bo, reason: 'other' },
    };
    exchange.given(agreed(), interrupted).when(open()).thenRefused('exchange-ended');
  });
});
