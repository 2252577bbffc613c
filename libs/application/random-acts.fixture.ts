import type { Instant } from '#kernel/id';
import type { SentCommand } from '#domain/catalogue';
import { courseOf, isOpen, type ExchangeState, type KnownExchange } from '#domain/exchange/exchange.state';
import type { KnownMatch, MatchState } from '#domain/match/match.state';
import type { KnownOffer, OfferState } from '#domain/offer/offer.state';
import type { KnownRequest, RequestState } from '#domain/request/request.state';
import type { DomainActor } from '#domain/vocabulary';
import type { LogContents } from './lagging-processes.fixture';

/** What stands, for a person to act upon. */
export interface Stage {
  readonly now: Instant;
  /** Tells one act's ids from another's. */
  readonly number: number;
  readonly offers: readonly KnownOffer[];
  readonly requests: readonly KnownRequest[];
  readonly matches: readonly KnownMatch[];
  readonly exchanges: readonly KnownExchange[];
}

export interface Act {
  readonly order: SentCommand;
  readonly by: DomainActor;
}

const all = <State extends { readonly status: string }>({ states }: LogContents, category: string) =>
  [...states].filter(([stream]) => stream.startsWith(`${category}-`)).map(([, state]) => state as State);

const known = <State extends { readonly status: string }>(states: readonly State[]) =>
  states.filter((state): state is Exclude<State, { readonly status: 'unknown' }> => state.status !== 'unknown');

export const stageOf = (seen: LogContents, now: Instant, number: number): Stage => ({
  now,
  number,
  offers: known(all<OfferState>(seen, 'offer')),
  requests: known(all<RequestState>(seen, 'request')),
  matches: known(all<MatchState>(seen, 'match')),
  exchanges: known(all<ExchangeState>(seen, 'exchange')),
});

export const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length];

export const one = (by: DomainActor, order: SentCommand): readonly Act[] => [{ by, order }];

export const opened = ({ exchanges }: Stage): readonly KnownExchange[] => exchanges.filter((state) => isOpen(courseOf(state)));
