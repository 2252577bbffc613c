import type { ReadModel } from '#read-store/read-model';
import { exchangeStreams, type ExchangeStreamsEvent, type ExchangeStreamsRow } from './exchange-streams.projection';

/** Read by key alone. */
export const exchangeStreamsModel: ReadModel<ExchangeStreamsEvent, ExchangeStreamsRow> = {
  projection: exchangeStreams,
  columns: {},
  indexes: [],
  // An event that was passed over would be missing from an audit, and from the count of those after it.
  onPoison: 'stop',
};
