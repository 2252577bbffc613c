import type { Projection } from '#kernel/projection';
import { event } from '#testing/example-event';
import { exampleMeta } from '#testing/event-examples';
import { directory } from '../directory/directory.projection';
import { matchingPool } from './matching-pool.projection';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- two projections over the same events, told by their one common field
const matchedIn = (projection: Projection<any, any>): unknown => {
  const { requestId } = event('RequestPublished').data;
  const story = [event('RequestPublished'), event('RequestMatched'), event('RequestPaused'), event('RequestResumed')];
  let row: unknown;
  for (const [index, one] of story.entries()) {
    const recorded = {
      type: one.type,
      data: { ...one.data, requestId },
      meta: exampleMeta(index + 1, { stream: `request-${requestId}` as never }),
    };
    row = projection.evolve(
      row,
      recorded,
      projection.keys(recorded).find((key) => key.startsWith('request/'))!,
    ).row;
  }
  return (row as { matched: unknown }).matched;
};

describe('a request that its author paused while it was matched, and resumed', () => {
  it('is open again, as its stream says, for rounds and in the directory', () => {
    expect(matchedIn(matchingPool)).toBe(false);
    expect(matchedIn(directory)).toBe(false);
  });
});
