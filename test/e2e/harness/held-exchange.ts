import type { startApi } from './api-under-test';
import type { Person } from './person-at';
import { eventually, ok } from './asking';
import { entering } from './entering';

export interface HeldExchange {
  readonly ana: Person;
  readonly bo: Person;
  readonly moe: Person;
  readonly lou: Person;
  /** Member ids by first name. */
  readonly ids: Readonly<Record<'ana' | 'bo' | 'moe', string>>;
  readonly exchangeId: string;
  readonly criteria: readonly { readonly criterionId: string; readonly score: number }[];
}

const MATCHED = 'Construire un tableau croisé';

/** A network in which Ana gave and Bo learnt, with Moe as their mediator, just now: held, and not evaluated yet. */
export const heldExchange = async (world: Awaited<ReturnType<typeof startApi>>): Promise<HeldExchange> => {
  const [ana, bo, moe] = [await world.person('ana'), await world.person('bo'), await world.person('moe')];
  const lou = await world.person('lou', ['network-lead']);
  ok(await lou.post('', { label: 'Lyon' }));
  ok(await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
  const enter = async (person: Person, name: string, offer: string, request: string): Promise<string> => {
    const { position } = ok(await person.post('members', entering(name, offer, request))).body;
    return ok(await person.get(`members/me?after=${position}`)).body.member.memberId as string;
  };
  const ids = {
    ana: await enter(ana, 'Ana', MATCHED, 'Parler devant un groupe'),
    bo: await enter(bo, 'Bo', 'Préparer une réunion', 'Apprendre les tableaux'),
    moe: await enter(moe, 'Moé', 'Animer un atelier', 'Lire un bilan'),
  };
  ok(await lou.send('PUT', `mediators/${ids.moe}`));

  type ListedEntry = { readonly id: string; readonly kind: string; readonly wording: string };
  const offer = await eventually(async () =>
    (ok(await bo.get('directory?kind=offer')).body.entries as ListedEntry[]).find(({ wording }) => wording === MATCHED),
  );
  const request = await eventually(async () =>
    (ok(await bo.get('members/me')).body.entries as ListedEntry[]).find(({ kind }) => kind === 'request'),
  );
  const { matchId } = ok(
    await bo.post(`offers/${offer.id}/ask`, { requestId: request.id, reason: 'Un tableau, pour préparer ma prise de parole' }),
  ).body;
  await eventually(async () =>
    ok(await ana.get('match-queue')).body.items.some(
      ({ id, why }: { id: string; why: string }) => id === matchId && why === 'answer-match',
    ),
  );
  ok(await ana.post(`matches/${matchId}/acceptance`));
  const start = new Date(Date.now() + 3_600_000).toISOString();
  ok(await moe.post(`matches/${matchId}/connection`, { mediatorId: ids.moe, start, place: 'Salle 12' }));
  const agreement = {
    ...{ content: 'Tableaux croisés', method: 'Sur ses fichiers', place: 'Salle 12' },
    ...{ sessions: [{ start, minutes: 60 }], criteria: [{ text: 'Bo sait construire un tableau' }] },
  };
  ok(await moe.post(`matches/${matchId}/agreement`, agreement));
  const { exchangeId } = await eventually(async () => ok(await ana.get('exchanges')).body.exchanges[0]);

  const present = [
    { memberId: ids.ana, role: 'giver', minutesOutside: 0 },
    { memberId: ids.bo, role: 'learner', minutesOutside: 0 },
  ];
  const report = { start: new Date().toISOString(), minutes: 60, present };
  ok(await ana.post(`exchanges/${exchangeId}/session-reports`, report));
  ok(await ana.post(`exchanges/${exchangeId}/held-confirmation`));
  const { position } = ok(await bo.post(`exchanges/${exchangeId}/held-confirmation`)).body;
  const { exchange } = ok(await bo.get(`exchanges/${exchangeId}?after=${position}`)).body;
  const criteria = exchange.agreement.criteria.map(({ criterionId }: { criterionId: string }) => ({ criterionId, score: 5 }));
  return { ana, bo, moe, lou, ids, exchangeId, criteria };
};
