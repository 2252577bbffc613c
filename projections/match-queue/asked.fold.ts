import type { Recorded } from '#kernel/message';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { ExchangeId, NetworkId } from '#domain/ids';
import { wait, type Wait } from './wait';

/** Who of an exchange has yet to evaluate it, or to follow it up: beside the exchange, for each sees their own line alone (R15). */
export interface AskedRow {
  readonly kind: 'asked';
  readonly id: ExchangeId;
  readonly networkId: NetworkId;
  readonly waits: readonly Wait[];
}

export type AskedEvent = Extract<
  ExchangeEvent,
  { type: 'ExchangeHeld' | 'EvaluationSubmitted' | 'ExchangeClosed' | 'FollowUpDue' | 'FollowUpSubmitted' }
>;

/** Null once nobody is asked. */
export const foldAsked = (row: AskedRow | undefined, { type, data, meta }: Recorded<AskedEvent>): AskedRow | null => {
  const since = meta.recordedAt;
  const before = row?.waits ?? [];
  const asking = (waits: readonly Wait[]): AskedRow | null =>
    waits.length > 0 ? { kind: 'asked', id: data.exchangeId, networkId: data.networkId, waits } : null;
  switch (type) {
    case 'ExchangeHeld':
      return asking(data.present.map(({ memberId }) => wait(memberId, 'evaluate', since, data.evaluateBy)));
    case 'EvaluationSubmitted':
      return asking(before.filter(({ who, why }) => !(why === 'evaluate' && who === data.memberId)));
    case 'ExchangeClosed':
      return asking(before.filter(({ why }) => why !== 'evaluate'));
    case 'FollowUpDue':
      return asking([...before, ...data.learners.map((memberId) => wait(memberId, 'follow-up', since, data.until))]);
    case 'FollowUpSubmitted':
      return asking(before.filter(({ who, why }) => !(why === 'follow-up' && who === data.memberId)));
  }
};
