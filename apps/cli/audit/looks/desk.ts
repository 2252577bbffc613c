import { randomUUID } from 'node:crypto';
import { CommandBus, QueryBus, type Query } from '@nestjs/cqrs';
import { RecordAccess } from '#application/audit/record-access';
import type { Outcome } from '#application/dispatch/outcome';
import type { MemberId, NetworkId } from '#domain/ids';
import type { CommandId } from '#kernel/id';
import { StreamsOfExchange } from '#projections/exchange-streams/exchange-streams.queries';
import { NamesOf } from '#projections/member-page/names.queries';
import type { Desk } from '../../../audit/look';
import { commandsOf } from '../../../installation/commands';
import type { Installation } from '../../../installation/installation';
import { withInstallation } from '../../installation-of';
import { queriesOf } from '../../show/queries.module';
import { badUsage, CliProblem } from '../../usage';

export type Ask = <Answer>(query: Query<Answer>) => Promise<Answer>;

/** An auditor at the command line: by name, so that what is recorded names somebody (ADR 0037). */
export interface Auditor {
  readonly ask: Ask;
  readonly installation: Installation;
  /** In the network to which what is looked at belongs. */
  desk(networkId: NetworkId): Promise<Desk>;
}

const recorded = (outcome: Outcome): void => {
  if (outcome.outcome === 'rejected') throw badUsage('--motive must say why, in three characters or more.');
  if (outcome.outcome === 'unknown') throw new CliProblem('The log did not answer: the look could not be recorded. Try again.', 75);
};

/** Who looks, and by which verb. */
export interface LookBy {
  readonly by: string;
  readonly verb: string;
}

/** Opens what an audit needs, and gives it back whatever happens. */
export const withAuditor = <T>({ by, verb }: LookBy, work: (auditor: Auditor) => Promise<T>): Promise<T> =>
  withInstallation(async (installation) => {
    await installation.prepareReadModels();
    const [queries, commands] = [await queriesOf(installation), await commandsOf(installation)];
    const ask: Ask = (query) => queries.get(QueryBus).execute(query);
    const desk = async (networkId: NetworkId): Promise<Desk> => {
      const id = (await installation.keys.register(networkId, by)) as MemberId;
      const record: Desk['record'] = async (look) => {
        const envelope = { networkId, by: { id, role: 'auditor' as const }, commandId: randomUUID() as CommandId };
        recorded(
          await commands
            .get(CommandBus)
            .execute<RecordAccess, Outcome>(new RecordAccess(envelope, { ...look, route: `savoirs audit ${verb}` })),
        );
      };
      return {
        ...{ networkId, ports: installation, record },
        streamsOf: async (exchangeId) => (await ask(new StreamsOfExchange(exchangeId))).exchange,
        namesOf: async (memberIds) => (await ask(new NamesOf(networkId, memberIds))).named,
      };
    };
    try {
      return await work({ ask, installation, desk });
    } finally {
      await queries.close();
      await commands.close();
    }
  });
