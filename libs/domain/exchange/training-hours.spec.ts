import { instant, now } from '#testing/commands';
import {
  after,
  agreed,
  ask,
  attendees,
  bothThere,
  first,
  followUpFrom,
  followUpUntil,
  heldConfirmed,
  heldStory,
  salt,
  exchangeHeld,
  ids,
  presence,
  sessionHeld,
} from '#testing/histories/exchange-story';
import { specifying } from '#testing/given-when-then';
import { networkFacts } from '#testing/network-facts';
import { ana, asFacilitator, asMember, bo, cleo, system } from '#testing/people';
import type { Day } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import { addDays } from '../calendar';
import type { MemberId } from '../ids';
import type { Presence } from '../vocabulary';
import { exchangeDecider } from './exchange.decider';
import type { ExchangeEvent } from './exchange.events';

const exchange = specifying(exchangeDecider);
const lateEvening = instant('2026-03-03T23:30:00Z');
const record = ask('RecordTrainingHours', {}, system);
const hours = (
  memberId: MemberId,
  changes: Partial<DataOf<ExchangeEvent, 'TrainingHoursRecorded'>> = {},
  start = lateEvening,
): ExchangeEvent => {
  const role = memberId === ana ? 'giver' : 'learner';
  const hoursId = `s1/${memberId}/${role}/1`;
  const line = {
    ...ids,
    hoursId,
    sessionId: first,
    memberId,
    role,
    date: '2026-03-04' as Day,
    minutes: 60,
    minutesOutside: 0,
    corrects: null,
  } as const;
  return { type: 'TrainingHoursRecorded', data: { ...line, ...changes }, occurredAt: start };
};
const held = (present: readonly Presence[] = bothThere) => [
  agreed(),
  sessionHeld({ start: lateEvening, present }),
  heldConfirmed(ana),
  heldConfirmed(bo),
  exchangeHeld({ present: attendees }),
];
const corrected = (was: Presence | null, now_: Presence | null): ExchangeEvent => ({
  type: 'SessionCorrected',
  data: { ...ids, sessionId: first, memberId: bo, was, now: now_ },
});

describe('Training hours', () => {
  it('count once per session, person and role, on the local day of its start (R20, R23)', () => {
    exchange
      .given(...held())
      .when(record)
      .then(hours(ana), hours(bo));
    exchange
      .given(...held(), hours(ana), hours(bo))
      .when(record)
      .thenNothing();
    const lisbon = { ...record, network: networkFacts({ timeZone: 'Europe/Lisbon' }) };
    exchange
      .given(...held())
      .when(lisbon)
      .then(hours(ana, { date: '2026-03-03' as Day }), hours(bo, { date: '2026-03-03' as Day }));
  });
  it('come from held exchanges only, by the system (R20)', () => {
    exchange.given(agreed(), sessionHeld()).when(record).thenRefused('not-held-yet');
    exchange
      .given(...held())
      .when({ ...record, by: asFacilitator() })
      .thenRefused('not-allowed');
  });
  it('carry what each was there outside their hours (R20)', () => {
    const present = [presence(ana, 'giver', 60), presence(bo, 'learner', 15)];
    exchange
      .given(...held(present))
      .when(record)
      .then(hours(ana, { minutesOutside: 60 }), hours(bo, { minutesOutside: 15 }));
  });
  it('are corrected by the difference, naming what it corrects (R20, R21)', () => {
    const there = presence(bo, 'learner');
    const late = presence(bo, 'learner', 20);
    const recorded = [...held(), hours(ana), hours(bo)];
    const moved = hours(bo, { hoursId: 's1/bo/learner/2', minutes: 0, minutesOutside: 20, corrects: 's1/bo/learner/1' });
    exchange
      .given(...recorded, corrected(there, late))
      .when(record)
      .then(moved);
    const gone = hours(bo, { hoursId: 's1/bo/learner/3', minutes: -60, minutesOutside: -20, corrects: 's1/bo/learner/2' });
    exchange
      .given(...recorded, corrected(there, late), moved, corrected(late, null))
      .when(record)
      .then(gone);
    exchange
      .given(...recorded, corrected(there, late), corrected(late, there))
      .when(record)
      .thenNothing();
  });
  it('leave out who was corrected away before (R20)', () =>
    exchange
      .given(...held(), corrected(presence(bo, 'learner'), null))
      .when(record)
      .then(hours(ana)));
});

describe('The follow-up', () => {
  const call = (at = followUpFrom) => ask('CallFollowUp', {}, system, { at });
  const answer = (by: MemberId, at = followUpFrom) =>
    ask('SubmitFollowUp', { usedAtWork: true, example: 'Le rapport de mai', salt }, asMember(by), { at });
  const due: ExchangeEvent = { type: 'FollowUpDue', data: { ...ids, learners: [bo], until: followUpUntil } };
  const answered: ExchangeEvent = {
    type: 'FollowUpSubmitted',
    data: { ...ids, memberId: bo, usedAtWork: true, example: 'Le rapport de mai', salt },
  };
  it('asks the learners who were there, on day 60, once (§3)', () => {
    exchange
      .given(...heldStory)
      .when(call())
      .then(due);
    exchange
      .given(...heldStory, due)
      .when(call())
      .thenNothing();
    exchange
      .given(...heldStory, answered)
      .when(call())
      .thenNothing();
    exchange
      .given(...heldStory)
      .when(call(after))
      .thenRefused('follow-up-not-due');
    exchange
      .given(...heldStory)
      .when(call(addDays(followUpUntil, 1)))
      .thenNothing();
    exchange
      .given(...heldStory)
      .when({ ...call(), by: asMember(bo) })
      .thenRefused('not-allowed');
    exchange.given(agreed()).when(call()).thenRefused('not-held-yet');
  });
  it('takes one answer from each of them, from day 60 to day 90 (§3, R22)', () => {
    exchange
      .given(...heldStory, due)
      .when(answer(bo))
      .then(answered);
    exchange
      .given(...heldStory, due, answered)
      .when(answer(bo))
      .thenNothing();
    exchange
      .given(...heldStory)
      .when(answer(bo, now))
      .thenRefused('follow-up-not-due');
    exchange
      .given(...heldStory, due)
      .when(answer(bo, addDays(followUpUntil, 1)))
      .thenRefused('follow-up-ended');
    exchange
      .given(...heldStory, due)
      .when(answer(ana))
      .thenRefused('was-not-there');
    exchange
      .given(...heldStory, due)
      .when(answer(cleo))
      .thenRefused('not-a-participant');
    exchange.given(agreed()).when(answer(bo)).thenRefused('not-held-yet');
  });
});
