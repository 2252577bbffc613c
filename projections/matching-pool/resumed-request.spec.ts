import type { EventOf } from '#application/processes/process-types';
import { reciprocity } from '#application/processes/reciprocity.process';
import { withdrawal } from '#application/processes/withdrawal.process';
import type { MatchId } from '#domain/ids';
import type { Recorded } from '#kernel/message';
import { event } from '#testing/examples/example-event';
import { exampleMeta } from '#testing/event-examples';
import { directory } from '../directory/directory.projection';
import { memberPage } from '../member-page/member-page.projection';
import { entryAt } from '../risk/view/entry';
import { matchingPool } from './matching-pool.projection';

type RequestEventType = 'RequestPublished' | 'RequestMatched' | 'RequestPaused' | 'RequestResumed' | 'RequestReopened' | 'RequestConfirmed';
type Story = readonly (RequestEventType | 'resumed, held')[];

const { requestId, memberId } = event('RequestPublished').data;
const { matchId } = event('RequestMatched').data;

const toldOf = (one: RequestEventType | 'resumed, held'): EventOf<RequestEventType> => {
  const type = one === 'resumed, held' ? 'RequestResumed' : one;
  const { data } = event(type);
  const held = type === 'RequestResumed' ? { heldBy: one === 'resumed, held' ? (matchId as MatchId) : null } : {};
  return { type, data: { ...data, ...held, requestId } } as EventOf<RequestEventType>;
};

const recorded = (story: Story): readonly Recorded<EventOf<RequestEventType>>[] =>
  story.map(
    (one, index) =>
      ({ ...toldOf(one), meta: exampleMeta(index + 1, { stream: `request-${requestId}` as never }) }) as Recorded<
        EventOf<RequestEventType>
      >,
  );

interface Fold {
  readonly handles: object;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- folds over the same events, told by what their rows say of one request
  evolve(row: any, event: any, key: string): { readonly row: any };
}

/** What a fold's row says after the story. */
const after = <Row>(fold: Fold, key: string, story: Story): Row =>
  recorded(story)
    .filter(({ type }) => type in fold.handles)
    .reduce<Row | undefined>((row, each) => fold.evolve(row, each, key).row as Row, undefined) as Row;

const key = `request/${requestId}`;
const inPool = (story: Story) => after<{ matched: boolean; paused: boolean }>(matchingPool, key, story);
const inDirectory = (story: Story) => after<{ matched: boolean; listed: boolean }>(directory, key, story);
const onPage = (story: Story) => after<{ status: string }>(memberPage, key, story).status;
const forRisk = (story: Story) => {
  const facts = recorded(story).map(({ type, data }) => ({
    is: type,
    memberId,
    topicUri: null,
    ...('heldBy' in data ? { held: data.heldBy !== null } : {}),
  }));
  const { published, matched } = entryAt(requestId, facts as never);
  return { published, matched };
};

const HELD: Story = ['RequestPublished', 'RequestMatched', 'RequestPaused', 'resumed, held'];
const LET_GO: Story = ['RequestPublished', 'RequestMatched', 'RequestPaused', 'RequestReopened'];

describe('a request that its author paused while a match held it', () => {
  it('is held still once resumed: no round, no list, no figure takes it for open (§3, case 9)', () => {
    expect(inPool(HELD)).toMatchObject({ matched: true, paused: false });
    expect(inDirectory(HELD)).toMatchObject({ matched: true, listed: true });
    expect(forRisk(HELD)).toEqual({ published: true, matched: true });
    expect(onPage(HELD)).toBe('matched');
  });

  it('is open again once that match lets it go after all (§3, case 9)', () => {
    const story: Story = [...HELD, 'RequestReopened'];
    expect(inPool(story)).toMatchObject({ matched: false, paused: false });
    expect(inDirectory(story)).toMatchObject({ matched: false, listed: true });
    expect(forRisk(story)).toEqual({ published: true, matched: false });
    expect(onPage(story)).toBe('published');
  });

  it('stays paused where the match lets it go meanwhile (§3, case 9)', () => {
    expect(inPool(LET_GO)).toMatchObject({ matched: false, paused: true });
    expect(inDirectory(LET_GO)).toMatchObject({ matched: false, listed: false });
    expect(forRisk(LET_GO)).toEqual({ published: false, matched: false });
    expect(onPage(LET_GO)).toBe('paused');
    expect(after<{ requests: readonly string[] }>(reciprocity, memberId, LET_GO).requests).toEqual([]);
    expect(after<{ gone: string | null }>(withdrawal, key, LET_GO).gone).toBe('request-gone');
  });

  it('is open once resumed, where nothing holds it, and in logs from before a match held on', () => {
    const story: Story = ['RequestPublished', 'RequestMatched', 'RequestPaused', 'RequestResumed'];
    expect([inPool(story).matched, inDirectory(story).matched, forRisk(story).matched, onPage(story)]).toEqual([
      false,
      false,
      false,
      'published',
    ]);
  });

  it('is held still where its author only confirms it (§3, case 9)', () => {
    expect(onPage(['RequestPublished', 'RequestMatched', 'RequestConfirmed'])).toBe('matched');
  });
});
