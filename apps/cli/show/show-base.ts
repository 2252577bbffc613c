import { QueryBus } from '@nestjs/cqrs';
import { Option } from 'nest-commander';
import type { Instant } from '#kernel/id';
import type { Language } from '#domain/vocabulary';
import type { Standing } from '#read-store/read-store.port';
import { withInstallation } from '../installation-of';
import { outputIn, print, say, type Output, type Row } from '../output';
import { badData, badUsage, instantIn, networkIdIn, wholeNumber } from '../usage';
import { Verb } from '../verb';
import { queriesOf } from './queries.module';

export interface ShowOptions {
  readonly network: string;
  readonly output: Output;
  readonly limit: number;
  readonly asOf?: Instant;
  readonly labels: Language;
}

export interface Answer {
  readonly standing: Standing;
  readonly rows: readonly Row[];
  /** There is more than was asked for. */
  readonly more?: boolean;
}

/** One read model's answer, printed. */
export abstract class ShowVerb extends Verb {
  protected abstract readonly columns: readonly string[];
  protected abstract ask(bus: QueryBus, options: ShowOptions & { readonly asOf: Instant }): Promise<Answer>;

  async run(given: string[], options: ShowOptions): Promise<void> {
    this.only(given, 0);
    await withInstallation(async (installation) => {
      if (!(await installation.application.facts.of(options.network as never)))
        throw badData(`There is no network ${options.network} here.`);
      await installation.prepareReadModels();
      const queries = await queriesOf(installation);
      try {
        const answer = await this.ask(queries.get(QueryBus), { ...options, asOf: options.asOf ?? installation.clock.now() });
        print(this.columns, answer.rows, options.output);
        await this.tell(answer, { limit: options.limit, head: await installation.log.head() });
      } finally {
        await queries.close();
      }
    });
  }

  private async tell({ standing, more }: Answer, { limit, head }: { limit: number; head: string }): Promise<void> {
    if (more) say(`Only the first ${limit} are shown: see --limit.`);
    if (standing.position < head)
      say(
        `This stands at ${standing.recordedAt ?? 'the start'}: later events are not in it yet. Start the API or the projector, which follow the log.`,
      );
  }

  @Option({ flags: '--network <id>', description: 'whose answer', required: true })
  network(text: string): string {
    return networkIdIn(text);
  }

  @Option({ flags: '--output <form>', description: 'table, json or csv', defaultValue: 'table' })
  output(text: string): Output {
    return outputIn(text);
  }

  @Option({ flags: '--limit <n>', description: 'at most so many lines', defaultValue: 50 })
  limit(text: string): number {
    return wholeNumber('--limit', { least: 1, most: 1000 })(text);
  }

  @Option({ flags: '--as-of <date>', name: 'asOf', description: 'as it stood at a date (default: now); lists show what is now' })
  asOf(text: string): string {
    return instantIn('--as-of')(text);
  }

  @Option({ flags: '--labels <language>', description: 'language of topic labels, fr or en', defaultValue: 'fr' })
  labels(text: string): Language {
    if (text !== 'fr' && text !== 'en') throw badUsage('--labels must be fr or en.');
    return text;
  }
}
