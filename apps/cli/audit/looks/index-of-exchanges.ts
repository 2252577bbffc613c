import type { EventLog, Position } from '#event-store/log.port';
import { exchangeStreams } from '#projections/exchange-streams/exchange-streams.projection';
import { CliProblem } from '../../usage';

/** Nothing may be missing from an audit: the index of exchanges must have all that it takes from the log. @throws CliProblem */
export const mustBeWhole = async (log: EventLog, position: Position): Promise<void> => {
  const filter = { types: Object.keys(exchangeStreams.handles) };
  for await (const _ of log.readAll({ after: position, filter, limit: 1 }))
    throw new CliProblem(
      'The read model exchange-streams stands behind the log: start the API or the projector, which follow it, and try again.',
      75,
    );
};
