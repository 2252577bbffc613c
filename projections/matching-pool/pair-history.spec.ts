import type { RecordedEvent } from '#event-store/codec.port';
import { eventExamples, exampleStream } from '#testing/event-examples';
import { lyon } from '#testing/network-facts';
import { ana, bo, cleo, dia } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { storyteller } from '#testing/histories/story';
import { keyedTopics, lastTogether } from './matching-pool.queries';
import { matchingPoolModel } from './matching-pool.table';

const giver = { memberId: ana, role: 'giver', offerId: 'offer-1' as never } as const;
const learner = (memberId: typeof bo) => ({ memberId, role: 'learner', requestId: `request-${memberId}` as never }) as const;

describe('what a proposal must know of the past', () => {
  let here: Projected;
  const onStream = (event: RecordedEvent): RecordedEvent => ({
    ...event,
    meta: { ...event.meta, stream: exampleStream(event.type) },
  });
  const told = async (tell: (teller: ReturnType<typeof storyteller>['told']) => void) => {
    const { told: teller, events } = storyteller();
    tell(teller);
    here = await projected([matchingPoolModel], events.map(onStream));
  };
  const together = (...learners: readonly string[]) => lastTogether(here.store, { networkId: lyon, givers: [ana], learners });
  afterEach(() => here.end());

  it('is when it was recorded that their exchange was held, not when they met (R16, case 14)', async () => {
    const participants = [giver, learner(bo)];
    await told((tell) => void tell('ExchangeHeld', { participants }, { on: '2026-03-01', recorded: '2026-03-20' }));
    expect(await together(bo)).toBe('2026-03-20T12:00:00.000Z');
    expect(await together(cleo)).toBeNull();
    expect(await together(cleo, bo)).toBe('2026-03-20T12:00:00.000Z');
    expect(await lastTogether(here.store, { networkId: 'elsewhere', givers: [ana], learners: [bo] })).toBeNull();
  });

  it('is when one of them fell silent, and nothing of those who go on together (R16, case 14)', async () => {
    const confirmed = { participants: [giver, learner(bo)], dropped: [learner(dia)] };
    await told((tell) => void tell('MatchConfirmed', confirmed, { on: '2026-03-05' }));
    expect([await together(dia), await together(bo)]).toEqual(['2026-03-05T12:00:00.000Z', null]);
  });

  it('is when one of them dropped out of their exchange, and nothing of those who go on together (R16)', async () => {
    const dropped = { memberId: dia, role: 'learner', participant: learner(dia), others: [giver, learner(bo)] } as const;
    await told((tell) => void tell('ParticipantDropped', dropped, { on: '2026-03-01', recorded: '2026-03-06' }));
    expect([await together(dia), await together(bo)]).toEqual(['2026-03-06T12:00:00.000Z', null]);
    expect(await lastTogether(here.store, { networkId: lyon, givers: [dia], learners: [bo] })).toBeNull();
  });

  it('tells topics apart as a round does: by URI, else by words however they are spelt (R7, case 7)', async () => {
    await told((tell) => void tell('OfferPublished', {}, { on: '2026-03-01' }));
    const { text } = eventExamples.OfferPublished.content.topic;
    const ref = { ref: `${'0'.repeat(8)}-0000-4000-8000-000000000000#/content/topic/text` };
    const [uri, one, same, other, unknown] = await keyedTopics(here.store, [
      { text, uri: 'urn:topic:one' },
      { text: 'Prise de parole', uri: null },
      { text: 'PRISE DE PAROLE', uri: null },
      { text: 'Soudure', uri: null },
      { text: ref, uri: null },
    ]);
    expect([uri, unknown, one?.key === same?.key, one?.key === other?.key]).toEqual([
      { key: 'urn:topic:one', uri: 'urn:topic:one', text: null },
      null,
      true,
      false,
    ]);
    expect(other).toMatchObject({ uri: null, text: 'Soudure' });
  });
});
