import type { Instant } from '#kernel/id';
import type { DueTimes } from '#kernel/process';
import type { ExchangeId } from '#domain/ids';
import { isDue, type Fact, type SavoirsProcess } from './process-types';

type Handled =
  | 'ExchangeAgreed'
  | 'ExchangeRescheduled'
  | 'ExchangeHeld'
  | 'ExchangeCancelled'
  | 'ExchangeInterrupted'
  | 'ExchangeDisputed'
  | 'DisputeSettled'
  | 'ExchangeClosed'
  | 'FollowUpDue';

interface ExchangeDeadlinesRow {
  readonly exchangeId: ExchangeId;
  readonly lapse: Instant | null;
  readonly evaluation: Instant | null;
  readonly followUp: Instant | null;
  /** While a dispute is open its windows stand still: they fire once it is settled, at their time or at once. */
  readonly disputed: boolean;
}

const evolve = (row: ExchangeDeadlinesRow, event: Fact<Handled>): ExchangeDeadlinesRow => {
  switch (event.type) {
    case 'ExchangeAgreed':
    case 'ExchangeRescheduled':
      return { ...row, lapse: event.data.lapseAt };
    case 'ExchangeHeld':
      return { ...row, lapse: null, evaluation: event.data.evaluateBy, followUp: event.data.followUpFrom };
    case 'ExchangeCancelled':
    case 'ExchangeInterrupted':
      return { ...row, lapse: null, evaluation: null, followUp: null };
    case 'ExchangeDisputed':
      return { ...row, disputed: true };
    case 'DisputeSettled':
      return { ...row, disputed: false };
    case 'ExchangeClosed':
      return { ...row, lapse: null, evaluation: null };
    case 'FollowUpDue':
      return { ...row, followUp: null };
  }
};

const due = ({ lapse, evaluation, followUp, disputed }: ExchangeDeadlinesRow): DueTimes =>
  disputed ? { lapse: null, evaluation: null, followUp } : { lapse, evaluation, followUp };

/** §3 deadlines of an exchange: unreported, evaluation window, follow-up. */
export const exchangeDeadlines: SavoirsProcess<Handled, ExchangeDeadlinesRow> = {
  name: 'exchange-deadlines',
  version: 1,
  handles: {
    ExchangeAgreed: true,
    ExchangeRescheduled: true,
    ExchangeHeld: true,
    ExchangeCancelled: true,
    ExchangeInterrupted: true,
    ExchangeDisputed: true,
    DisputeSettled: true,
    ExchangeClosed: true,
    FollowUpDue: true,
  },
  keys: ({ data }) => [data.exchangeId],
  evolve: (before, event) => {
    const row = evolve(
      before ?? { exchangeId: event.data.exchangeId, lapse: null, evaluation: null, followUp: null, disputed: false },
      event,
    );
    return { row, due: due(row) };
  },
  react: ({ exchangeId, lapse, evaluation }, cause) => {
    if (!isDue(cause)) return [];
    if (cause.name === 'followUp') return [{ type: 'CallFollowUp', data: { exchangeId } }];
    if (cause.name === 'evaluation')
      return evaluation === null ? [] : [{ type: 'EndEvaluation', data: { exchangeId, evaluateBy: evaluation } }];
    return lapse === null ? [] : [{ type: 'LapseExchange', data: { exchangeId, lapseAt: lapse } }];
  },
};
