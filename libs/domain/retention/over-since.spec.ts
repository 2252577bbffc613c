import type { Instant } from '#kernel/id';
import { now } from '#testing/commands';
import { exchangeExamples } from '#testing/examples/exchange.examples';
import { incidentExamples } from '#testing/examples/incident.examples';
import { foldOf } from '#testing/given-when-then';
import { after, evaluateBy, followUpUntil, heldStory, agreed } from '#testing/histories/exchange-story';
import { addDays } from '../calendar';
import { exchangeDecider } from '../exchange/exchange.decider';
import type { ExchangeEvent } from '../exchange/exchange.events';
import { incidentDecider } from '../incident/incident.decider';
import { exchangeOverSince, incidentOverSince } from './over-since';

const since = (...events: readonly ExchangeEvent[]) => exchangeOverSince(foldOf(exchangeDecider, events));
const closed: ExchangeEvent = { type: 'ExchangeClosed', data: exchangeExamples.ExchangeClosed, occurredAt: evaluateBy };
const cancelled: ExchangeEvent = { type: 'ExchangeCancelled', data: exchangeExamples.ExchangeCancelled, occurredAt: after };
const disputed: ExchangeEvent = { type: 'ExchangeDisputed', data: exchangeExamples.ExchangeDisputed, occurredAt: evaluateBy };
const settled = (occurredAt: Instant): ExchangeEvent => ({ type: 'DisputeSettled', data: exchangeExamples.DisputeSettled, occurredAt });

describe('from when on an exchange is kept', () => {
  it('is the end of everything that is asked of its people: the follow-up’s, too (R19)', () => {
    expect(since(agreed())).toBeNull();
    expect(since(...heldStory)).toBeNull();
    expect(since(...heldStory, closed)).toBe(followUpUntil);
    expect(since(agreed(), cancelled)).toBe(after);
  });

  it('is nothing while a dispute is open, and its settlement where that came later (R19)', () => {
    const late = addDays(followUpUntil, 10);
    expect(since(...heldStory, closed, disputed)).toBeNull();
    expect(since(...heldStory, closed, disputed, settled(late))).toBe(late);
    expect(since(...heldStory, disputed, settled(late))).toBeNull();
  });
});

describe('from when on an incident is kept', () => {
  it('is its end (R19)', () => {
    const reported = { type: 'IncidentReported', data: incidentExamples.IncidentReported } as const;
    const resolved = { type: 'IncidentResolved', data: incidentExamples.IncidentResolved, occurredAt: now } as const;
    expect(incidentOverSince(foldOf(incidentDecider, [reported]))).toBeNull();
    expect(incidentOverSince(foldOf(incidentDecider, [reported, resolved]))).toBe(now);
  });
});
