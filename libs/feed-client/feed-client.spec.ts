import { BackOff } from './back-off';
import { EventStreamParser } from './event-stream';
import { openFeed, type Feed, type FeedOptions, type ResumePoint } from './feed-client';
import { FeedState } from './feed-state';
import { FeedRefused, type Frame } from './frames';

const snapshot = (page: number, complete: boolean, keys: readonly string[]): Frame<number> => ({
  ...{ type: 'snapshot', position: 'p', version: 1, build: 1, page, complete },
  items: keys.map((key, value) => ({ key, value })),
});
const delta = (key: string, value: number | null): Frame<number> => ({
  ...{ type: 'delta', position: 'p', complete: true },
  changes: [{ key, value }],
});

describe('the parser of event streams', () => {
  const text = 'retry: 2000\n\nid: 1\nevent: delta\ndata: {"a":\ndata: 1}\n\n: nothing\n\nid: 2\r\nevent: heartbeat\r\ndata: {}\r\n\r\n';
  const events = [
    { event: 'delta', data: '{"a":\n1}', id: '1' },
    { event: 'heartbeat', data: '{}', id: '2' },
  ];

  it('gives the same events wherever the text is cut', () => {
    for (let cut = 0; cut <= text.length; cut += 1)
      for (let other = cut; other <= text.length; other += 7) {
        const parser = new EventStreamParser();
        const pieces = [text.slice(0, cut), text.slice(cut, other), text.slice(other)];
        expect(pieces.flatMap((piece) => parser.take(piece))).toEqual(events);
      }
  });
});

describe('what is known', () => {
  it('is replaced by a snapshot only once that is complete', () => {
    const state = new FeedState<number>();
    state.apply(snapshot(1, true, ['a', 'b']));
    state.apply(snapshot(1, false, ['c']));
    expect([...state.items.keys()]).toEqual(['a', 'b']);
    state.apply(snapshot(2, true, ['d']));
    expect([...state.items.keys()]).toEqual(['c', 'd']);
  });

  it('goes on from before a snapshot that broke off', () => {
    const state = new FeedState<number>();
    state.apply(snapshot(1, true, ['a']));
    state.apply(snapshot(1, false, ['x']));
    state.apply(delta('b', 2));
    state.apply(delta('a', null));
    expect([...state.items]).toEqual([['b', 2]]);
  });
});

it('waits longer each time, never as long as another, up to a most', () => {
  const least = new BackOff(100, 1_000, () => 0);
  const most = new BackOff(100, 1_000, () => 1);
  expect([least, least, least, least, least, least].map((one) => one.next())).toEqual([50, 100, 200, 400, 500, 500]);
  expect([most, most, most, most, most].map((one) => one.next())).toEqual([100, 200, 400, 800, 1_000]);
  most.reset();
  expect(most.next()).toBe(100);
});

interface Given {
  readonly status?: number;
  readonly body?: string;
  /** It stays open and silent. */
  readonly stays?: boolean;
}

describe('the client', () => {
  const feeds: Feed<number>[] = [];
  afterEach(() => feeds.splice(0).forEach((feed) => feed.close()));

  /** A server that answers each connection as given, and notes what it was asked. */
  const opened = (given: readonly Given[], options: Partial<FeedOptions<number>> = {}) => {
    const asked: (Record<string, string> | undefined)[] = [];
    const fetch: FeedOptions<number>['fetch'] = (_, init) => {
      const answer = given[asked.length] ?? { status: 403 };
      asked.push(init?.headers as Record<string, string>);
      const { status = 200, body = '', stays = false } = answer;
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode(body));
          if (!stays) controller.close();
          init?.signal?.addEventListener('abort', () => stays && controller.error(new Error('aborted')), { once: true });
        },
      });
      return Promise.resolve(new Response(status === 200 ? stream : JSON.stringify({ code: 'forbidden' }), { status }));
    };
    const backOff = { leastMs: 1, mostMs: 2 };
    const feed = openFeed<number>({ url: 'http://feeds', token: 't', backOff, fetch, ...options });
    feeds.push(feed);
    return { feed, asked };
  };
  const framed = (id: string, frame: Frame<number>): string => `id: ${id}\nevent: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`;
  const all = async (feed: Feed<number>): Promise<readonly string[]> => {
    const types: string[] = [];
    try {
      for await (const { type } of feed) types.push(type);
    } catch (fault) {
      types.push(fault instanceof FeedRefused ? `refused ${fault.status} ${fault.code}` : String(fault));
    }
    return types;
  };

  it('comes back after the last whole event, and knows what it knew', async () => {
    const { feed, asked } = opened([
      { body: framed('1', snapshot(1, true, ['a'])) + framed('2', delta('b', 5)) + 'id: 3\nevent: delta\ndata: {"half' },
      { body: framed('3', delta('a', null)) },
    ]);
    expect(await all(feed)).toEqual(['snapshot', 'delta', 'delta', 'refused 403 forbidden']);
    expect(asked.map((headers) => headers?.['last-event-id'])).toEqual([undefined, '2', '3']);
    expect([...feed.state]).toEqual([['b', 5]]);
    expect(feed.lastEventId).toBe('3');
  });

  it('comes back where the server is away, and where it asks to come back later', async () => {
    const why: string[] = [];
    const { feed } = opened([{ status: 503 }, { status: 429 }, { body: framed('1', delta('a', 1)) }], { onRetry: (one) => why.push(one) });
    expect(await all(feed)).toEqual(['delta', 'refused 403 forbidden']);
    expect(why).toEqual(['503 forbidden', '429 forbidden', 'the server ended the connection']);
  });

  it('begins anew, and says so, where the log is another', async () => {
    const { feed, asked } = opened([{ status: 410 }, { body: framed('1', snapshot(1, true, [])) }], {
      resumeFrom: { lastEventId: 'of-another-log', state: [] },
    });
    expect(await all(feed)).toEqual(['reset', 'snapshot', 'refused 403 forbidden']);
    expect(asked.map((headers) => headers?.['last-event-id'])).toEqual(['of-another-log', undefined, '1']);
  });

  it('goes on in another run with what was known, and amid a snapshot from before it (case 45)', async () => {
    const first = opened([
      { body: framed('1', snapshot(1, true, ['a', 'b'])) + framed('2', delta('a', 7)) + framed('3', snapshot(1, false, ['c'])) },
    ]);
    expect(first.feed.resumePoint).toBeNull();
    await all(first.feed);
    expect(first.feed.lastEventId).toBe('3');
    const point = JSON.parse(JSON.stringify(first.feed.resumePoint)) as ResumePoint<number>;
    const second = opened([{ body: framed('4', delta('b', null)) }], { resumeFrom: point });
    expect([...second.feed.state.keys()]).toEqual(['a', 'b']);
    await all(second.feed);
    expect(second.asked[0]?.['last-event-id']).toBe('2');
    expect([...second.feed.state]).toEqual([['a', 7]]);
  });

  it('gives a connection up that says nothing for too long', async () => {
    const { feed, asked } = opened([{ body: framed('1', delta('a', 1)), stays: true }, { body: framed('2', delta('a', 2)) }], {
      silenceMs: 20,
    });
    expect(await all(feed)).toEqual(['delta', 'delta', 'refused 403 forbidden']);
    expect(asked[1]?.['last-event-id']).toBe('1');
  });

  it('asks for a fresh token each time', async () => {
    let tokens = 0;
    const { feed, asked } = opened([{}, {}], { token: () => Promise.resolve(`t${(tokens += 1)}`) });
    await all(feed);
    expect(asked.map((headers) => headers?.['authorization'])).toEqual(['Bearer t1', 'Bearer t2', 'Bearer t3']);
  });

  it('ends when it is closed, whatever it waits for', async () => {
    const { feed } = opened([{ body: framed('1', delta('a', 1)), stays: true }]);
    const types: string[] = [];
    for await (const { type } of feed) {
      types.push(type);
      setTimeout(() => feed.close(), 5);
    }
    expect(types).toEqual(['delta']);
  });
});
