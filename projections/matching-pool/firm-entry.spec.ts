import { defaultPolicy } from '#domain/network/policy';
import type { Recorded } from '#kernel/message';
import { event } from '#testing/examples/example-event';
import { exampleMeta } from '#testing/event-examples';
import { foldEntry } from './entry.fold';
import { inputsOf, type PoolInputs } from './matching-pool.queries';

const published = event('OfferPublished').data;
const asOf = exampleMeta(1).occurredAt;

const offersOf = (content: object): PoolInputs['offers'] => {
  const told = { type: 'OfferPublished', data: { ...published, content: { ...published.content, ...content } }, meta: exampleMeta(1) };
  const entry = foldEntry(undefined, told as Recorded<Extract<Parameters<typeof foldEntry>[1], { type: 'OfferPublished' }>>)!;
  const pool = { readUpTo: null, entries: [{ entry, topicKey: 't', words: null }], members: [], pairs: [], unreadable: 0 };
  return inputsOf(pool, { policy: defaultPolicy, forbiddenPairs: [] }, asOf).offers;
};

describe('what an author will not have bent', () => {
  it('is in what a round reads, and in nothing where nobody said it, so that older inputs hash as they did (R18)', () => {
    expect(offersOf({ firm: ['half-days'] })).toMatchObject([{ firm: ['half-days'] }]);
    expect(Object.keys(offersOf({})[0]!)).not.toContain('firm');
  });
});
