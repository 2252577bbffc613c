import type { SentCommand } from '#domain/catalogue';
import type { Envelope } from '../dispatch/envelope';
import { rejected, type Outcome } from '../dispatch/outcome';
import { allFound, factsOf, openOffer, openRequest, type PairHistory } from './proposal';
import type { Dispatcher } from '../dispatch/run-decider';

interface Parts {
  readonly dispatcher: Pick<Dispatcher, 'dispatch' | 'loadState'>;
  readonly history: PairHistory;
}

type Proposal = Extract<SentCommand, { type: 'ProposeMatch' }>['data'];

/**
 * R7, R16: what a round found is judged again when it is proposed: offers and requests still open, of as many learners as they take by now, on
 * one topic still, by people who do not rest from one another. Who paused, left or is at capacity meanwhile is refused by their own stream (R11).
 */
export const proposeFound = async ({ dispatcher, history }: Parts, data: Proposal, envelope: Envelope): Promise<Outcome> => {
  const { networkId } = envelope;
  const offers = data.participants.flatMap((place) => (place.role === 'giver' ? [place.offerId] : []));
  const requests = data.participants.flatMap((place) => (place.role === 'learner' ? [place.requestId] : []));
  const givers = allFound(await Promise.all(offers.map((id) => openOffer(dispatcher, networkId, id))));
  const learners = allFound(await Promise.all(requests.map((id) => openRequest(dispatcher, networkId, id))));
  if ('missing' in givers) return rejected(givers.missing);
  if ('missing' in learners) return rejected(learners.missing);
  const facts = await factsOf(history, networkId, { givers: givers.found, learners: learners.found });
  const smallestGroup = Math.max(1, ...givers.found.map(({ content }) => content.smallestGroup));
  return dispatcher.dispatch({ type: 'ProposeMatch', data: { ...data, smallestGroup, facts } }, envelope);
};
