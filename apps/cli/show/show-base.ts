import { QueryBus, type Query } from '@nestjs/cqrs';
import { Option } from '../verb-decorators';
import type { Instant, PastOrNow } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import type { Position } from '#event-store/log.port';
import type { Language } from '#domain/vocabulary';
import type { Dated } from '#projections/dated-queries';
import type { ReadPosition } from '#read-store/read-store.port';
import type { Installation } from '../../installation/installation';
import { withInstallation } from '../installation-of';
import { createProgress } from '../progress';
import { print, say, type Output, type Row } from '../output';
import { badData, badUsage, instantIn, networkIdIn, wholeNumber } from '../usage';
import { TableVerb } from '../verb';
import { queriesOf } from './queries.module';

export interface ShowOptions {
  readonly network: string;
  readonly output: Output;
  readonly limit: number;
  readonly asOf?: AsOfGiven;
  readonly labels: Language;
}

export interface ShownTable {
  readonly readPosition: ReadPosition;
  readonly rows: readonly Row[];
  /** There is more than was asked for. */
  readonly more?: boolean;
}

/** A date, or a position of the log. */
type AsOfGiven = { readonly date: Instant } | { readonly position: Position };
/** No date of the future (R24). */
type AsOf = { readonly date: PastOrNow } | { readonly position: Position };

const reached = (given: AsOfGiven | undefined, now: Instant): AsOf =>
  given && 'position' in given ? given : { date: asOfOrNow(given?.date, now) };

/** Where a question goes: to the present, or to the past. */
export interface Asks {
  execute<T>(query: Query<T>): Promise<T>;
}

/** One read model's answer, printed. */
export abstract class ShowVerb extends TableVerb {
  protected abstract readonly columns: readonly string[];
  /** How it answers of the past. Null: its facts are dated, and the question itself says of when. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each verb asks a question of its own
  protected readonly past: Dated<any, any> | null = null;
  protected abstract ask(bus: Asks, options: Omit<ShowOptions, 'asOf'> & { readonly asOf: PastOrNow }): Promise<ShownTable>;

  /** Of what a query answers, what is shown. */
  protected picked(found: object): Row {
    return Object.fromEntries(this.columns.map((column) => [column, (found as Row)[column] ?? null]));
  }

  async run(given: string[], options: ShowOptions): Promise<void> {
    this.only(given, 0);
    await withInstallation(async (installation) => {
      if (!(await installation.application.facts.of(options.network as never)))
        throw badData(`There is no network ${options.network} here.`);
      await installation.prepareReadModels();
      const asOf = reached(options.asOf, installation.clock.now());
      const isPast = this.past !== null && options.asOf !== undefined;
      const answer = isPast ? await this.askThen(installation, options, asOf) : await this.askNow(installation, options, asOf);
      print(this.columns, answer.rows, options.output);
      if (answer.more) say(`Only the first ${options.limit} are shown: see --limit.`);
      if (isPast) say(`As of the event recorded at ${answer.readPosition.recordedAt ?? 'the start'}. Texts are those of today.`);
      else this.warnIfBehind(answer, await installation.log.head());
    });
  }

  private async askNow(installation: Installation, options: ShowOptions, asOf: AsOf): Promise<ShownTable> {
    if (!('date' in asOf)) throw badUsage('Here --as-of takes a date: these figures are computed from dated facts.');
    const queries = await queriesOf(installation);
    try {
      return await this.ask(queries.get(QueryBus), { ...options, asOf: asOf.date });
    } finally {
      await queries.close();
    }
  }

  /** Folds the log up to there first, unless somebody did before. */
  private async askThen({ asOf: past, topics, clock }: Installation, options: ShowOptions, until: AsOf): Promise<ShownTable> {
    const dated = this.past!;
    const progress = createProgress();
    try {
      return await past.read(
        dated.model,
        until,
        ({ store, place }) => {
          progress.end();
          const asOf = 'date' in until ? until.date : asOfOrNow(place.recordedAt ?? undefined, clock.now());
          // A verb asks one question, the one that it says how to answer.
          const bus: Asks = { execute: (query) => dated.answer({ store, topics }, query) as Promise<never> };
          return this.ask(bus, { ...options, asOf });
        },
        { tell: ({ share, told }) => progress.show(share, told) },
      );
    } finally {
      progress.end();
    }
  }

  private warnIfBehind({ readPosition }: ShownTable, head: string): void {
    if (readPosition.position < head)
      say(
        `This stands at ${readPosition.recordedAt ?? 'the start'}: later events are not in it yet. Start the API or the projector, which follow the log.`,
      );
  }

  @Option({ flags: '--network <id>', description: 'whose answer', required: true })
  network(text: string): string {
    return networkIdIn(text);
  }

  @Option({ flags: '--limit <n>', description: 'at most so many lines', defaultValue: 50 })
  limit(text: string): number {
    return wholeNumber('--limit', { least: 1, most: 1000 })(text);
  }

  @Option({
    flags: '--as-of <date|position>',
    description: 'as it stood by what was recorded at a date, or at a position of the log (default: now)',
  })
  asOf(text: string): AsOfGiven {
    const position = /^(\d{1,20})(?:\.[0-9a-f]{8})?$/.exec(text)?.[1];
    if (position !== undefined) return { position: position.padStart(20, '0') as Position };
    return { date: instantIn('--as-of')(text) };
  }

  @Option({ flags: '--labels <language>', description: 'language of topic labels, fr or en', defaultValue: 'fr' })
  labels(text: string): Language {
    if (text !== 'fr' && text !== 'en') throw badUsage('--labels must be fr or en.');
    return text;
  }
}
