import type { OfferId, RequestId } from '#domain/ids';
import type { SentCommand } from '#domain/catalogue';
import { offerContent, requestContent } from '#testing/content';
import { ana, asMember } from '#testing/people';
import { done, enrolled, openedWorld, type World } from './application.fixture';
import { playedProcesses } from './played-processes.fixture';

const STREAM = `member-${ana}`;

/** Loses both sides before the process looks, which orders two losses: the second has nothing to do, and leaves no trace. Then returns. */
const lostAndRestored = async (): Promise<World> => {
  const here = await openedWorld();
  const play = playedProcesses(here, here.process());
  const give = (order: SentCommand, id: string) => done(here.give({ order, by: asMember(ana), id }));
  await enrolled(here, ana);
  await play();
  await give({ type: 'WithdrawOffer', data: { offerId: `offer-of-${ana}` as OfferId } }, 'withdraw the offer');
  await give({ type: 'WithdrawRequest', data: { requestId: `request-of-${ana}` as RequestId } }, 'withdraw the request');
  await play();
  const [offerId, requestId] = ['another-offer' as OfferId, 'another-request' as RequestId];
  await give({ type: 'PublishOffer', data: { offerId, memberId: ana, content: offerContent() } }, 'another offer');
  await give({ type: 'PublishRequest', data: { requestId, memberId: ana, content: requestContent() } }, 'another request');
  await play();
  return here;
};

describe('processes that begin anew on a log to which they have reacted', () => {
  it('may write what is not so: therefore a backup holds where they stand', async () => {
    const here = await lostAndRestored();
    const losses = async (): Promise<readonly string[]> => (await here.types(STREAM)).filter((type) => type.startsWith('Reciprocity'));
    expect(await losses()).toEqual(['ReciprocityLost', 'ReciprocityRestored']);
    await playedProcesses(here, here.process())();
    expect((await losses()).slice(2)).toContain('ReciprocityLost');
  });
});
