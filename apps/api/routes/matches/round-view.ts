import { Injectable } from '@nestjs/common';
import type { DryRun } from '#application/round-runner.port';
import type { MemberId, RequestId } from '#domain/ids';
import type { Affair } from '#domain/match/who-sees-whom';
import { NOBODYS } from '#projections/match-queue/affair';
import { AuthorsOf } from '#projections/member-page/authors.queries';
import type { FoundRow, LeftRow } from '#projections/rounds/found.fold';
import type { RoundOpened } from '#projections/rounds/rounds.queries';
import type { Caller } from '../../../installation/access';
import { QueryRunner } from '../../queries/query-runner';
import { Visibility } from '../../queries/visibility';

type Found = Pick<FoundRow, 'matchId' | 'match' | 'became' | 'accepted' | 'mediatorId' | 'superseded'>;
type Left = Pick<LeftRow, 'requestId' | 'reason'>;

const PIECE = 100;

const affairOf = ({ match, accepted, mediatorId, became, superseded }: Found): Affair => ({
  ...NOBODYS,
  participants: match.participants,
  accepted,
  mediatorId,
  isConfirmed: ['confirmed', 'connection-planned', 'agreed'].includes(became),
  others: superseded ? [superseded.memberId] : [],
});

/** Who waits: no match is theirs yet. */
const waiting = (requestId: RequestId, author: MemberId | undefined): Affair => ({
  ...NOBODYS,
  participants: author === undefined ? [] : [{ memberId: author, role: 'learner', requestId }],
  others: [],
});

/** A round as a person may read it: recorded or dry, in one shape; names and wordings by the one rule (§7). */
@Injectable()
export class RoundView {
  constructor(
    private readonly reading: QueryRunner,
    private readonly visibility: Visibility,
  ) {}

  async recorded(caller: Caller, { round, matches, unmatched, ...rest }: RoundOpened) {
    return { ...rest, round, ...(await this.named(caller, matches, unmatched)) };
  }

  /** Whole: nothing of it is kept, so no page of it could be asked for. */
  async dry(caller: Caller, { round: { matches, unmatched, ...run }, policyVersion }: DryRun) {
    const found = matches.map(({ matchId, ...match }): Found => ({
      matchId,
      match,
      became: 'found',
      accepted: [],
      mediatorId: null,
      superseded: null,
    }));
    const counts = { matched: matches.length, unmatched: unmatched.length };
    const round = { ...run, ...counts, policyVersion, status: 'dry-run' as const, startedAt: null, by: caller.actor.id };
    const became = matches.length > 0 ? { found: matches.length } : {};
    return { round, became, ...(await this.namedInPieces(caller, found, unmatched)), next: null };
  }

  /** Thousands at once would keep everybody else waiting. */
  private async namedInPieces(caller: Caller, matches: readonly Found[], unmatched: readonly Left[]) {
    const pieces: Awaited<ReturnType<RoundView['named']>>[] = [];
    for (let from = 0; from < Math.max(matches.length, unmatched.length); from += PIECE)
      pieces.push(await this.named(caller, matches.slice(from, from + PIECE), unmatched.slice(from, from + PIECE)));
    return { matches: pieces.flatMap((piece) => piece.matches), unmatched: pieces.flatMap((piece) => piece.unmatched) };
  }

  private async named(caller: Caller, matches: readonly Found[], unmatched: readonly Left[]) {
    const query = new AuthorsOf(
      caller.networkId,
      unmatched.map(({ requestId }) => requestId),
    );
    const { authors } = await this.reading.ask(query);
    const left = unmatched.map(({ requestId }) => waiting(requestId, authors.get(requestId)));
    const seen = await this.visibility.show(caller, [...matches.map(affairOf), ...left]);
    return {
      matches: matches.map(({ matchId, match: { participants: _, ...match }, became, superseded }, at) => {
        const { participants, others } = seen[at]!;
        return { matchId, ...match, participants, became, superseded: superseded && { ...others[0], reason: superseded.reason } };
      }),
      unmatched: unmatched.map(({ requestId, reason }, at) => {
        const {
          name = null,
          wording = null,
          topic = null,
          seen: how = 'hidden',
          memberId = null,
        } = seen[matches.length + at]?.participants[0] ?? {};
        return { requestId, reason, memberId, name, seen: how, wording, topic };
      }),
    };
  }
}
