import type { StreamName } from '#kernel/id';
import { LogUnavailable } from '../log.port';
import { StreamPages, type PagesStatement, type PlacedRow } from './stream-pages';

const named = (name: string): StreamName => name as StreamName;
const namesIn = ({ values: [names] }: PagesStatement): string => names?.toString('latin1') ?? '';
const row = (place: number, stream: string): PlacedRow => [place, String(place), stream, 0, 'id', 'Told', 1, '{}', '{}'];

/** Streams in the order of places, each with one event. */
const answering = (streams: readonly string[]) => {
  const asked: PagesStatement[] = [];
  const pages = new StreamPages(async (statement) => {
    asked.push(statement);
    const wanted = streams.filter((stream) => namesIn(statement).includes(stream));
    if (wanted.includes('bad')) throw new LogUnavailable('no answer', false, { cause: undone });
    return wanted.map((stream, index) => row(index + 1, stream));
  });
  return { asked, pages };
};
const undone = Object.assign(new Error('a value that no text can hold'), { severity: 'ERROR', code: '22021' });

describe('first pages of streams', () => {
  it('are read by one statement where they are asked for in one turn, and each gets its own', async () => {
    const { asked, pages } = answering(['offer-1', 'offer-2', 'offer-3']);
    const read = await Promise.all(['offer-1', 'offer-2', 'offer-3'].map((stream) => pages.from(named(stream), 0)));
    expect(read.map((page) => page.map(({ stream }) => stream))).toEqual([['offer-1'], ['offer-2'], ['offer-3']]);
    expect(asked).toHaveLength(1);
  });

  it('fail alone where one of them names what no stream can', async () => {
    const { pages } = answering(['offer-1', 'bad', 'offer-3']);
    const read = await Promise.allSettled(['offer-1', 'bad', 'offer-3'].map((stream) => pages.from(named(stream), 0)));
    expect(read.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('fail together where the log is away, and are read again once it is back', async () => {
    let isAway = true;
    const pages = new StreamPages(async () => {
      if (isAway) throw new LogUnavailable('no answer', false);
      return [];
    });
    const read = await Promise.allSettled([pages.from(named('offer-1'), 0), pages.from(named('offer-2'), 0)]);
    expect(read.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isAway = false;
    expect(await pages.from(named('offer-1'), 0)).toEqual([]);
  });
});
