import type { MemberId } from '#domain/ids';
import type { Affair, Viewer } from '#domain/match/who-sees-whom';
import { requestId } from '#testing/content';
import { eventExamples } from '#testing/event-examples';
import { lyon } from '#testing/network-facts';
import { ana, bo, dia, fay, lou, moe } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { storyteller } from '#testing/histories/story';
import { ShowAffairs, ShowAffairsHandler } from './affairs.queries';
import { memberPageModel } from './member-page.table';

const [gives, learns] = eventExamples.MatchOpened.participants;
const { content: sought } = eventExamples.RequestPublished;
const { connection, agreement } = { connection: eventExamples.ConnectionPlanned, agreement: eventExamples.AgreementReached.agreement };

/** Ana, who is erased, gives to Bo, who chose not to be shown. */
const opened: Affair = {
  participants: [gives!, learns!],
  formerly: [],
  accepted: [ana],
  mediatorId: moe,
  isConfirmed: false,
  connection: { start: connection.start, place: 'Salle 12' },
  agreement: { ...agreement, content: 'Le contenu' },
  reason: 'La soudure commence par le calcul',
  others: [bo],
};

describe('what somebody sees of a match (§7)', () => {
  let here: Projected;
  const seen = async (memberId: MemberId, { facilitates = false, affair = opened } = {}) => {
    const viewer: Viewer = { memberId, facilitates, mediators: [moe] };
    const [answer] = await new ShowAffairsHandler(here.store).execute(new ShowAffairs(lyon, viewer, [affair]));
    return answer!;
  };

  beforeAll(async () => {
    const { told, events } = storyteller();
    const profile = (name: string) => ({ ...eventExamples.MembershipRequested.profile, name });
    for (const [memberId, name] of [
      [ana, 'Ana'],
      [bo, 'Bo'],
      [moe, 'Moé'],
    ] as const)
      told('MembershipRequested', { memberId, networkId: lyon, profile: profile(name) }, { on: '2026-03-01' });
    const content = { ...sought, wording: 'Lire un plan', authorShown: false };
    const ids = { memberId: bo, networkId: lyon, requestId: requestId('request-of-bo') };
    told('RequestPublished', { ...ids, content }, { on: '2026-03-01' });
    told('PersonalDataErased', { memberId: ana, networkId: lyon }, { on: '2026-03-02' });
    const streams = events.map(({ data, ...event }) => {
      const stream = 'requestId' in data ? `request-${data.requestId}` : `member-${(data as { memberId: string }).memberId}`;
      return { ...event, data, meta: { ...event.meta, stream } } as never;
    });
    here = await projected([memberPageModel], streams);
  });
  afterAll(() => here.end());

  it('is nobody’s name while they are hidden, but what they formalised (§7, case 21)', async () => {
    const answer = await seen(ana);
    const hidden = { memberId: null, name: null, seen: 'hidden' };
    expect(answer.participants[1]).toMatchObject({ ...hidden, role: 'learner', wording: 'Lire un plan' });
    expect(answer.others).toEqual([hidden]);
    expect((await seen(bo)).others).toEqual([{ memberId: bo, name: 'Bo', seen: 'named' }]);
    expect((await seen(fay, { facilitates: true })).others).toEqual([{ memberId: bo, name: 'Bo', seen: 'named' }]);
    expect((await seen(ana, { affair: { ...opened, accepted: [ana, bo] } })).participants[1]).toMatchObject({ name: 'Bo', seen: 'named' });
  });

  it('hides who is known by no request: better than to show who is hidden (§7, case 21)', async () => {
    const unknown = { memberId: bo, role: 'learner', requestId: requestId('unknown') } as const;
    const affair = { ...opened, participants: [gives!, unknown] };
    expect((await seen(ana, { affair })).participants[1]).toMatchObject({ memberId: null, seen: 'hidden' });
  });

  it('says of who is erased that they are (R19, case 17)', async () => {
    expect((await seen(bo)).participants[0]).toMatchObject({ memberId: ana, name: null, seen: 'erased' });
  });

  it('is mediator, place and agreement for those concerned; no agreement for a facilitator (R9, cases 15 and 16)', async () => {
    const met = { mediator: { name: 'Moé' }, connection: { place: 'Salle 12' } };
    for (const person of [ana, bo, moe]) expect(await seen(person)).toMatchObject({ ...met, agreement: { content: 'Le contenu' } });
    expect(await seen(fay, { facilitates: true })).toMatchObject({ ...met, agreement: null });
  });

  it('is why it was proposed, for those concerned and a facilitator (R7)', async () => {
    for (const person of [ana, bo, moe]) expect((await seen(person)).reason).toBe(opened.reason);
    expect((await seen(fay, { facilitates: true })).reason).toBe(opened.reason);
  });

  it('is nothing for a network lead, and for a member whom it does not concern (§7, case 17)', async () => {
    for (const person of [lou, dia]) {
      const answer = await seen(person);
      expect(answer).toMatchObject({ mediator: { name: null, seen: 'hidden' }, connection: null, agreement: null, reason: null });
      for (const place of answer.participants)
        expect(place).toEqual({ memberId: null, name: null, seen: 'hidden', role: place.role, wording: null, topic: null });
    }
  });
});
