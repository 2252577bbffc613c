import type { Person } from '#test/e2e/harness/person-at';
import { eventually, ok } from '#test/e2e/harness/asking';
import { idIn, type Entered, type Ground } from './entering.fixture';

/** What everybody reports of others, and keeps apart from whom. */
export const report = async (
  { made }: Ground,
  facilitator: Person,
  entered: readonly Entered[],
): Promise<{ readonly incidentIds: readonly string[]; readonly contestedIds: readonly string[] }> => {
  const [incidentIds, contestedIds]: [string[], string[]] = [[], []];
  const after = (nth: number): Entered => entered[nth % entered.length]!;
  for (const [nth, { person, kind, memberId }] of entered.entries()) {
    const incident = { kind: 'behaviour', text: made.text(kind) };
    incidentIds.push(idIn(ok(await person.post('incidents', incident)).body, 'incidentId'));
    const { secondRequestId } = after(nth + 2);
    ok(await person.post(`requests/${secondRequestId}/contest`, { kind: 'misleading', text: made.text(kind) }));
    contestedIds.push(secondRequestId);
    ok(await facilitator.post('forbidden-pairs', { one: memberId, other: after(nth + 3).memberId, reason: made.text(kind) }));
  }
  return { incidentIds, contestedIds };
};

export interface Settled {
  readonly offerId: string;
  readonly requestId: string;
  readonly disputeId: string;
  readonly incidentId: string;
}

/** A facilitator decides, and says why: one case of each kind. */
export const settle = async (
  { made }: Ground,
  facilitator: Person,
  {
    by,
    contested,
    of,
    disputed,
  }: {
    readonly by: Entered;
    readonly contested: Entered;
    readonly of: { readonly requestId: string; readonly incidentId: string };
    readonly disputed: { readonly by: Person; readonly exchangeId: string };
  },
): Promise<Settled> => {
  const { secondOfferId: offerId } = contested;
  ok(await by.person.post(`offers/${offerId}/contest`, { kind: 'misleading', text: made.text() }));
  ok(await facilitator.post(`offers/${offerId}/contest-settlement`, { outcome: 'kept', text: made.text() }));
  ok(await facilitator.post(`requests/${of.requestId}/contest-settlement`, { outcome: 'kept', text: made.text() }));
  ok(await facilitator.post(`incidents/${of.incidentId}/assessment`, { action: made.text() }));
  ok(await facilitator.post(`incidents/${of.incidentId}/resolution`, { text: made.text() }));
  const { exchangeId } = disputed;
  ok(await disputed.by.post(`exchanges/${exchangeId}/disputes`, { kind: 'content', text: made.text() }));
  type CaseLine = { readonly id: string; readonly kind: string; readonly exchangeId?: string | null };
  const isOurs = ({ kind, exchangeId: about }: CaseLine): boolean => kind === 'dispute' && about === exchangeId;
  const { id: disputeId } = await eventually(async () =>
    (ok(await facilitator.get('cases?limit=200')).body.cases as readonly CaseLine[]).find(isOurs),
  );
  ok(await facilitator.post(`exchanges/${exchangeId}/disputes/${disputeId}/settlement`, { outcome: 'goes-on', text: made.text() }));
  return { offerId, requestId: of.requestId, disputeId, incidentId: of.incidentId };
};

/** What is written once and read by nobody on the site: why a pair is no longer kept apart, why somebody left, why somebody looked. */
export const farewells = async (
  { site, made }: Ground,
  { facilitator, auditor, officer }: Readonly<Record<'facilitator' | 'auditor' | 'officer', Person>>,
  {
    apart,
    leaver,
    looked,
  }: { readonly apart: readonly [Entered, Entered]; readonly leaver: Entered; readonly looked: { readonly exchangeId: string } },
): Promise<void> => {
  const [one, other] = [apart[0].memberId, apart[1].memberId];
  ok(await facilitator.post('forbidden-pairs/lifting', { one, other, reason: made.text() }));
  ok(await leaver.person.post(`members/${leaver.memberId}/leave`, { reason: made.text() }));
  ok(await auditor.post(`exchanges/${looked.exchangeId}/replay`, { motive: made.text(), namesMotive: made.text() }));
  const { rows } = await site.database.query<{ event_id: string }>('select event_id from log.events where stream = $1 limit 1', [
    `exchange-${looked.exchangeId}`,
  ]);
  ok(await auditor.post(`events/${rows[0]!.event_id}/opening`, { motive: made.text() }));
  for (const what of ['evidence', 'explanation']) {
    ok(await auditor.post(`satisfaction/${what}`, { indicator: 'responseRate', cell: 'network', motive: made.text() }));
    ok(await auditor.post(`risk/${what}`, { indicator: 'imbalance', motive: made.text() }));
  }
  for (const path of ['identity', 'access-request']) ok(await officer.post(`members/${one}/${path}`, { motive: made.text() }));
  ok(await facilitator.post('members/search', { name: made.text() }));
};
