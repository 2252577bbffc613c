import type { EventId } from '#kernel/id';
import type { ExchangeId, MatchId, MemberId, OfferId, RequestId, SessionId } from '#domain/ids';
import { defaultPolicy, type Policy } from '#domain/network/policy';
import type { Attendee } from '#domain/exchange/exchange.events';
import type { Participant } from '#domain/vocabulary';
import { foldInMemory } from '#read-store/fold/in-memory-fold';
import { offerContent, requestContent } from '../content';
import { instant, storyteller, type When } from '../histories/story';
import type { Computed, Indicator } from '#projections/risk/figure';
import { evaluateRisks } from '#projections/risk/risk-evaluation';
import type { RiskRow } from '#projections/risk/risk.projection';
import { riskModel } from '#projections/risk/risk.table';
import { viewOf } from '#projections/risk/view/view';

const member = (name: string): MemberId => name as MemberId;
const place = (name: string, role: 'giver' | 'learner', id: string): Participant =>
  role === 'giver'
    ? { memberId: member(name), role, offerId: `offer-${name}` as OfferId }
    : { memberId: member(name), role, requestId: `request-${id}-${name}` as RequestId };

export interface Enrolment {
  readonly on?: string;
  readonly site?: string;
  readonly unit?: string;
  readonly capacity?: number;
}

export interface Meeting {
  readonly on: string;
  readonly recorded?: string;
  readonly givers: readonly string[];
  readonly learners: readonly string[];
}

/** The network of a specification, told in a few words; as the events would tell it. */
export const network = (policy: Partial<Policy> = {}) => {
  const { told, events } = storyteller();
  told('NetworkOpened', { policy: { ...defaultPolicy, ...policy }, timeZone: 'Europe/Paris' }, { on: '2020-01-01' });
  const enrolled = (names: readonly string[], { on = '2025-12-01', site = 'LYO', unit = 'MAIL', capacity = 2 }: Enrolment = {}): void =>
    names.forEach((name) => told('MemberEnrolled', { memberId: member(name), site, unit, capacity }, { on, by: name }));
  const offered = (name: string, when: When, topicUri: string | null = 'topic:a'): EventId =>
    told(
      'OfferPublished',
      { offerId: `offer-${name}` as OfferId, memberId: member(name), content: offerContent({ topic: { text: 't', uri: topicUri } }) },
      when,
    );
  const asked = (id: string, name: string, when: When, topicUri: string | null = 'topic:a'): EventId =>
    told(
      'RequestPublished',
      {
        requestId: `request-${id}-${name}` as RequestId,
        memberId: member(name),
        content: requestContent({ topic: { text: 't', uri: topicUri } }),
      },
      when,
    );
  const held = (id: string, { givers, learners, ...when }: Meeting): EventId => {
    const participants = [...givers.map((name) => place(name, 'giver', id)), ...learners.map((name) => place(name, 'learner', id))];
    const present = participants.map(({ memberId, role }): Attendee => ({ memberId, role }));
    const ids = { exchangeId: id as ExchangeId, matchId: `match-${id}` as MatchId };
    const presences = present.map((each) => ({ ...each, minutesOutside: 0 }));
    told(
      'SessionHeld',
      { exchangeId: ids.exchangeId, sessionId: `session-${id}` as SessionId, start: instant(when.on), present: presences },
      when,
    );
    return told('ExchangeHeld', { ...ids, participants, present }, when);
  };
  const rows = (): readonly RiskRow[] => [...foldInMemory(riskModel, events).rows.values()] as readonly RiskRow[];
  const figures = (asOf: string): readonly Computed[] => evaluateRisks(viewOf(rows(), instant(asOf)));
  const figure = (indicator: Indicator, asOf: string, cell: string | null = null): Computed => {
    const found = figures(asOf).find((each) => each.indicator === indicator && each.cell === cell);
    expect(found).toBeDefined();
    return found as Computed;
  };
  return { told, enrolled, offered, asked, held, rows, figures, figure, events };
};

export const people = (n: number, as = 'm'): readonly string[] =>
  Array.from({ length: n }, (_, index) => `${as}${String(index).padStart(3, '0')}`);
