import { addDays } from '#domain/calendar';
import type { ExchangeId, MatchId } from '#domain/ids';
import type { RequestCommand } from '#domain/request/request.commands';
import type { RequestState } from '#domain/request/request.decider';
import { now } from '#testing/commands';
import { requestContent, requestId } from '#testing/content';
import { asFacilitator, asMember, bo, cleo, system } from '#testing/people';
import type { CommandInputs } from './explore';

const me = { requestId: requestId('request-1') };
const author = { ...me, memberId: bo };
const revised = requestContent({ wording: 'Autrement dit' });
/** Each word of the author's is a day later than the first, so that it is another. */
const tomorrow = addDays(now, 1);
const matches = ['m1', 'm2'].map((match) => ({ ...me, matchId: match as MatchId }));
const exchangeId = 'exchange-1' as ExchangeId;

export const requestInputs: CommandInputs<RequestCommand, RequestState> = {
  DraftRequest: () => [{ data: { ...author, content: requestContent() }, by: asMember(bo) }],
  PublishRequest: () => [
    { data: { ...author, content: requestContent() }, by: asMember(bo) },
    { data: { ...author, content: null, declared: true }, by: asMember(bo) },
  ],
  ReviseRequest: () => [{ data: { ...me, content: revised }, by: asMember(bo) }],
  ConfirmRequest: () => [{ data: me, by: asMember(bo), at: tomorrow }],
  PauseRequest: () => [{ data: me, by: asMember(bo) }],
  ResumeRequest: () => [{ data: me, by: asMember(bo) }],
  WithdrawRequest: () => [{ data: me, by: asMember(bo) }],
  ContestRequest: () => [{ data: { ...me, kind: 'misleading', text: 'Ce n’est pas un savoir' }, by: asMember(cleo) }],
  SettleRequestContest: () =>
    (['kept', 'taken-down'] as const).map((outcome) => ({ data: { ...me, outcome, text: 'Vu ensemble' }, by: asFacilitator() })),
  CallRequestReview: (request) => {
    const reviewDueAt = 'reviewDueAt' in request ? request.reviewDueAt : now;
    return [{ data: { ...me, reviewDueAt }, by: system, at: reviewDueAt }];
  },
  LapseRequest: (request) => {
    const lapseAt = 'lapseAt' in request ? request.lapseAt : now;
    return [{ data: { ...me, lapseAt }, by: system, at: lapseAt }];
  },
  MatchRequest: () => matches.map((data) => ({ data, by: system })),
  MeetRequest: () => matches.map((data) => ({ data: { ...data, exchangeId }, by: system })),
  ReopenRequest: () => matches.map((data) => ({ data, by: system })),
};
