import type { StreamName } from '#kernel/id';
import type { StoredEvent } from '../log.port';
import { FIRST_PAGE } from './adaptive-page-size';
import { COLUMNS, toEvent, type EventRow } from './event-row';
import { isAboutValues } from './faults';
import { intArray, textArray } from './wire-arrays';

/** One statement is for so many streams at most. */
const GROUP = 64;

/** Place among those asked for, then the event. */
export type PlacedRow = readonly [place: number, ...EventRow];

export interface PagesStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly Buffer[];
}

interface Asked {
  readonly stream: StreamName;
  readonly from: number;
  readonly settle: (page: readonly StoredEvent[]) => void;
  readonly fail: (fault: unknown) => void;
}

const STATEMENT = {
  name: 'log-stream-pages',
  text: `select a.place::int, e.* from unnest($1::text[], $2::int[]) with ordinality a(stream, revision, place)
    cross join lateral (
      select ${COLUMNS} from log.events where stream = a.stream and revision >= a.revision order by revision limit ${FIRST_PAGE}
    ) e
    order by a.place, e.revision`,
} as const;

/** First pages of streams: whoever asks while a statement is under way shares the next one, as commands do that are decided at once. */
export class StreamPages {
  private waiting: Asked[] = [];
  private running: Promise<void> | undefined;

  /** @param ask answers rows; throws LogUnavailable */
  constructor(private readonly ask: (statement: PagesStatement) => Promise<readonly PlacedRow[]>) {}

  /** From that revision on, at most `FIRST_PAGE` events. @throws LogUnavailable */
  from(stream: StreamName, revision: number): Promise<readonly StoredEvent[]> {
    return new Promise((settle, fail) => {
      this.waiting.push({ stream, from: revision, settle, fail });
      this.running ??= this.run();
    });
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      await nextTurn();
      await this.answer(this.waiting.splice(0, GROUP));
    }
    this.running = undefined;
  }

  private async answer(group: readonly Asked[]): Promise<void> {
    if (group.length === 0) return;
    try {
      const values = [textArray(group.map(({ stream }) => stream)), intArray(group.map(({ from }) => from))];
      const pages = group.map((): StoredEvent[] => []);
      for (const [place, ...row] of await this.ask({ ...STATEMENT, values })) pages[place - 1]?.push(toEvent(row));
      group.forEach(({ settle }, index) => settle(pages[index] ?? []));
    } catch (fault) {
      if (group.length > 1 && isAboutValues((fault as Error).cause)) for (const one of group) await this.answer([one]);
      else for (const { fail } of group) fail(fault);
    }
  }
}

/** Whoever asks in this turn goes with the same statement. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
