import type { MatchId, RequestId, RoundId } from '#domain/ids';
import { eventExamples } from '#testing/event-examples';
import { lille, lyon } from '#testing/network-facts';
import { ana, bo, fay } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { storyteller } from '#testing/histories/story';
import { ListRounds, ListRoundsHandler, OpenRound, OpenRoundHandler } from './rounds.queries';
import { roundsModel } from './rounds.table';

const [example] = eventExamples.MatchesFound.matches;

describe('matching rounds', () => {
  let tables: Projected;
  const open = (round: string, page: { limit: number; cursor?: string } = { limit: 10 }, network: string = lyon) =>
    new OpenRoundHandler(tables.store).execute(new OpenRound(network, round, page));

  beforeAll(async () => {
    const { told, events } = storyteller();
    const run = (round: string, on: string, names: readonly string[]) => {
      const ids = { roundId: round as RoundId, networkId: lyon };
      told('MatchingRoundStarted', ids, { on, by: 'fay', as: 'facilitator' });
      told('MatchesFound', { ...ids, matches: names.map((name) => ({ ...example!, matchId: name as MatchId })) }, { on });
      const requests = ['r1', 'r2'].map((id) => ({ requestId: id as RequestId, reason: 'no-offer-on-topic' as const }));
      told('RequestsLeftUnmatched', { ...ids, requests }, { on });
      const counts = { matched: names.length, unmatched: 2 };
      const gap = { served: 0, cost: 40 };
      if (round !== 'round-3') told('MatchingRoundCompleted', { ...ids, considered: { offers: 3, requests: 5 }, ...counts, gap }, { on });
    };
    run('round-1', '2026-03-02', ['m1', 'm2', 'm3']);
    run('round-2', '2026-03-09', ['m4']);
    run('round-3', '2026-03-16', []);
    const match = (name: string) => ({ matchId: name as MatchId, networkId: lyon });
    const on = '2026-03-03';
    for (const name of ['m1', 'm2', 'by hand']) told('MatchProposed', match(name), { on });
    told('MatchOpened', { ...match('m1'), accepted: [] }, { on });
    told('MatchAccepted', { ...match('m1'), memberId: ana }, { on });
    told('MatchSuperseded', { ...match('m2'), memberId: bo, reason: 'paused' }, { on });
    tables = await projected([roundsModel], events);
  });
  afterAll(() => tables.end());

  it('are listed newest first, page by page, of one network (R18, R23, case 19)', async () => {
    const list = async (page: { limit: number; cursor?: string }, network: string = lyon) =>
      new ListRoundsHandler(tables.store).execute(new ListRounds(network, page));
    const first = await list({ limit: 2 });
    expect(first.rounds).toMatchObject([
      { roundId: 'round-3', status: 'started', matched: null },
      {
        roundId: 'round-2',
        status: 'completed',
        matched: 1,
        unmatched: 2,
        considered: { offers: 3, requests: 5 },
        gap: { served: 0, cost: 40 },
      },
    ]);
    const second = await list({ limit: 2, cursor: first.next ?? '' });
    expect(second.rounds.map(({ roundId }) => roundId)).toEqual(['round-1']);
    expect(second.next).toBeNull();
    expect((await list({ limit: 2 }, lille)).rounds).toEqual([]);
  });

  it('say what shows them again, what they found and what became of it, what they left and why (R18, case 19)', async () => {
    const { round, became, matches, unmatched, next } = await open('round-1');
    const { asOf, inputHash, policyVersion, seed, solverVersion } = eventExamples.MatchingRoundStarted;
    expect(round).toMatchObject({ by: fay, startedAt: '2026-03-02T12:00:00.000Z', asOf, inputHash, policyVersion, seed, solverVersion });
    expect(became).toEqual({ found: 1, opened: 1, superseded: 1 });
    expect(matches).toMatchObject([
      { matchId: 'm1', became: 'opened', accepted: [ana], superseded: null },
      { matchId: 'm2', became: 'superseded', superseded: { memberId: bo, reason: 'paused' } },
      { matchId: 'm3', became: 'found', match: { participants: example!.participants } },
    ]);
    expect(unmatched.map(({ requestId, reason }) => [requestId, reason])).toEqual([
      ['r1', 'no-offer-on-topic'],
      ['r2', 'no-offer-on-topic'],
    ]);
    expect(next).toBeNull();
  });

  it('come page by page, matches first, with the counts of all (case 19)', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await open('round-1', { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.became).toEqual({ found: 1, opened: 1, superseded: 1 });
      seen.push(...page.matches.map(({ matchId }) => matchId), ...page.unmatched.map(({ requestId }) => requestId));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['m1', 'm2', 'm3', 'r1', 'r2']);
  });

  it('are opened in their own network alone (R23, case 19)', async () => {
    expect(await open('round-1', { limit: 10 }, lille)).toMatchObject({ round: null, matches: [], unmatched: [] });
  });
});
