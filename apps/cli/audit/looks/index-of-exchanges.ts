import type { ExchangeId, NetworkId } from '#domain/ids';
import type { EventLog, Position } from '#event-store/log.port';
import { exchangeStreams } from '#projections/exchange-streams/exchange-streams.projection';
import { StreamsOfExchange } from '#projections/exchange-streams/exchange-streams.queries';
import { badData, CliProblem } from '../../usage';
import type { Auditor } from './desk';

/** Nothing may be missing from an audit: the index of exchanges must have all that it takes from the log. @throws CliProblem */
const mustBeWhole = async (log: EventLog, position: Position): Promise<void> => {
  const filter = { types: Object.keys(exchangeStreams.handles) };
  for await (const _ of log.readAll({ after: position, filter, limit: 1 }))
    throw new CliProblem(
      'The read model exchange-streams stands behind the log: start the API or the projector, which follow it, and try again.',
      75,
    );
};

/** To which network an exchange belongs, told once the index has all of it. @throws CliProblem */
export const networkOf = async ({ ask, installation }: Auditor, exchangeId: ExchangeId): Promise<NetworkId> => {
  const { exchange, readPosition } = await ask(new StreamsOfExchange(exchangeId));
  await mustBeWhole(installation.log, readPosition.position);
  if (!exchange) throw badData('There is no such exchange here.');
  return exchange.networkId;
};
