import { QueryBus } from '@nestjs/cqrs';
import { Option, SubCommand } from '../../verb-decorators';
import type { NetworkId } from '#domain/ids';
import { ListAccesses } from '#projections/accesses/accesses.queries';
import { withInstallation } from '../../installation-of';
import { print, say, type Output } from '../../output';
import { queriesOf } from '../../show/queries.module';
import { badData, networkIdIn, wholeNumber } from '../../usage';
import { TableVerb } from '../../verb';

interface Options {
  readonly network: string;
  readonly limit: number;
  readonly cursor?: string;
  readonly subject?: string;
  readonly output: Output;
}

const COLUMNS = ['at', 'role', 'by', 'purpose', 'subject', 'route', 'motive', 'eventId'];

@SubCommand({
  name: 'access',
  description: 'List looks at personal data, the newest first: who looked, in which role, at what, by which way, why and when',
})
export class AuditAccessVerb extends TableVerb {
  async run(given: string[], { network, output, subject, ...page }: Options): Promise<void> {
    this.only(given, 0);
    await withInstallation(async (installation) => {
      if (!(await installation.application.facts.of(network as NetworkId))) throw badData(`There is no network ${network} here.`);
      await installation.prepareReadModels();
      const queries = await queriesOf(installation);
      try {
        const query = new ListAccesses(network, subject ?? null, page);
        const { accesses, next, readPosition } = await queries.get(QueryBus).execute(query);
        print(
          COLUMNS,
          accesses.map((access) => ({ ...access })),
          output,
        );
        if (next !== null) say(`There are more: --cursor ${next}`);
        if (readPosition.position < (await installation.log.head()))
          say('Later looks may not be in it yet: the API and the projector follow the log.');
      } finally {
        await queries.close();
      }
    });
  }

  @Option({ flags: '--network <id>', description: 'whose looks', required: true })
  network(text: string): string {
    return networkIdIn(text);
  }

  @Option({ flags: '--subject <name>', description: 'only looks at this history, such as exchange-…' })
  subject(text: string): string {
    return text;
  }

  @Option({ flags: '--limit <n>', description: 'at most so many lines', defaultValue: 50 })
  limit(text: string): number {
    return wholeNumber('--limit', { least: 1, most: 1000 })(text);
  }

  @Option({ flags: '--cursor <text>', description: 'as the page before told it' })
  cursor(text: string): string {
    return text;
  }
}
