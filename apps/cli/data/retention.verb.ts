import { QueryBus } from '@nestjs/cqrs';
import { Option, SubCommand } from '../verb-decorators';
import { PreviewRetention } from '#projections/retention/retention.queries';
import { withInstallation } from '../installation-of';
import { print, say, type Output } from '../output';
import { queriesOf } from '../show/queries.module';
import { badData, badUsage, networkIdIn, wholeNumber } from '../usage';
import { TableVerb } from '../verb';

interface RetentionOptions {
  readonly network: string;
  readonly limit: number;
  readonly output: Output;
  readonly dryRun?: boolean;
}

const COLUMNS = ['kind', 'id', 'endedAt', 'dueAt', 'keptBy'];

@SubCommand({
  name: 'retention',
  description: 'List what a retention run would end now, by opaque ids, longest due first: a dry run, nothing is written',
})
export class RetentionVerb extends TableVerb {
  async run(given: string[], { network, limit, output, dryRun }: RetentionOptions): Promise<void> {
    this.only(given, 0);
    if (!dryRun) throw badUsage('Give --dry-run: a data protection officer starts retention runs, on the site or over HTTP.');
    await withInstallation(async (installation) => {
      const facts = await installation.application.facts.of(network as never);
      if (!facts) throw badData(`There is no network ${network} here.`);
      await installation.prepareReadModels();
      const queries = await queriesOf(installation);
      try {
        const query = new PreviewRetention(network, { policy: facts.policy, now: installation.clock.now() }, { limit });
        const { items, counts, kept, next } = await queries.get(QueryBus).execute(query);
        const rows = items.map(({ kind, id, endedAt, dueAt, keptBy }) => ({ kind, id, endedAt, dueAt, keptBy }));
        print(COLUMNS, rows, output);
        say(`A run would end ${counts.exchanges} exchanges, ${counts.incidents} incidents, ${counts.members} members.`);
        if (kept.dispute + kept.legalHold > 0)
          say(`It would leave ${kept.dispute} for an open dispute and ${kept.legalHold} for a legal hold.`);
        if (next !== null) say(`Only the first ${limit} are shown: see --limit.`);
      } finally {
        await queries.close();
      }
    });
  }

  @Option({ flags: '--dry-run', description: 'say that nothing is to be ended' })
  dryRun(): boolean {
    return true;
  }

  @Option({ flags: '--network <id>', description: 'whose', required: true })
  network(text: string): string {
    return networkIdIn(text);
  }

  @Option({ flags: '--limit <n>', description: 'at most so many lines', defaultValue: 50 })
  limit(text: string): number {
    return wholeNumber('--limit', { least: 1, most: 1000 })(text);
  }
}
