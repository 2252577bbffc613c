import { requestContent, requestId } from '#testing/content';
import { requestExamples } from '#testing/examples/request.examples';
import fc from 'fast-check';
import { entryContract } from '../entry/entry.contract';
import { entryHistories } from '../entry/entry-histories.contract';
import type { EntryKind } from '../entry/entry.fixture';
import type { ExchangeId, MatchId } from '../ids';
import { requestDecider } from './request.decider';
import type { RequestEvent } from './request.events';

const kind: EntryKind = { noun: 'request', decider: requestDecider, content: requestContent, resumed: { heldBy: null } };

entryContract(kind);

describe('any history of a request', () => {
  const target = fc
    .constantFrom('match-1', 'match-2')
    .map((name) => ({ requestId: requestId('request-of-ana'), matchId: name as MatchId }));
  const also = [
    target.map((data) => ({ type: 'MatchRequest' as const, data })),
    target.map((data) => ({ type: 'ReopenRequest' as const, data })),
    target.map((data) => ({ type: 'MeetRequest' as const, data: { ...data, exchangeId: 'exchange-1' as ExchangeId } })),
  ];
  const histories = entryHistories({ kind, examples: requestExamples, also, ended: ['withdrawn', 'lapsed', 'taken-down', 'met'] });

  histories.contract();

  it('lets only the author act, publishes only what is declared, is held by one match and ends once (R6, R11, R14)', () => {
    histories.expectOfEach(({ event, before }) => {
      const { type, data } = event as RequestEvent;
      if (type === 'RequestReopened')
        expect(before).toMatchObject(before.status === 'paused' ? { heldBy: data.matchId } : { status: 'matched', matchId: data.matchId });
      if (type === 'RequestMatched') expect(['published', 'review-due']).toContain(before.status);
    });
  });
});
