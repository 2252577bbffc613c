import type { ExchangeId } from '#domain/ids';
import { isDue, type SavoirsProcess } from './process-types';

/** R20: an exchange's hours are recorded once it is held, and again, by the difference, when a presence is corrected. */
export const recordedHours: SavoirsProcess<'ExchangeHeld' | 'SessionCorrected', { readonly exchangeId: ExchangeId }> = {
  name: 'recorded-hours',
  version: 1,
  handles: { ExchangeHeld: true, SessionCorrected: true },
  keys: ({ data }) => [data.exchangeId],
  // No row before it is held: a correction made earlier is part of what is recorded then.
  evolve: (row, { type, data }) => ({ row: type === 'ExchangeHeld' ? { exchangeId: data.exchangeId } : (row ?? null) }),
  react: ({ exchangeId }, cause) => (isDue(cause) ? [] : [{ type: 'RecordTrainingHours', data: { exchangeId } }]),
};
