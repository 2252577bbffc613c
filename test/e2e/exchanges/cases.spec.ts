import { randomUUID } from 'node:crypto';
import { openApiDocument } from '#apps/api/openapi/document';
import { uuidV5 } from '#application/dispatch/derived-ids';
import { lastMidnight } from '#domain/weeks';
import type { CommandId, Instant } from '#kernel/id';
import { startApi } from '../harness/api-under-test';
import type { Person } from '../harness/person-at';
import { eventually, ok } from '../harness/asking';
import { departures } from '../harness/conforms';
import { entering } from '../harness/entering';

const TEXT = 'C’est un dépannage, il le fait à ma place';

describe('cases, over HTTP (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let [ana, bo, fay, lou, aud]: Person[] = [];
  let [offerId, incidentId, riskId, after]: string[] = [];
  let midnight: Instant;

  /** As the watch does at a midnight: here, two days late. */
  const reportRisk = async (): Promise<string> => {
    midnight = lastMidnight(new Date(Date.now() - 2 * 86_400_000).toISOString() as Instant, 'Europe/Paris');
    const id = uuidV5(world.networkId, `risk/${midnight}/imbalance`);
    const subject = { exchangeId: null, memberId: null, indicator: 'imbalance' };
    const ids = { network: world.networkId, commandId: randomUUID() as CommandId, correlationId: randomUUID(), causationId: randomUUID() };
    const order = { type: 'ReportIncident', data: { incidentId: id as never, kind: 'risk', subject, text: null } } as const;
    expect(await world.installation.application.execute(order, ids, world.installation.clock.now())).toBe('done');
    return id;
  };

  beforeAll(async () => {
    world = await startApi();
    [ana, bo] = [await world.person('ana'), await world.person('bo', ['member', 'facilitator'])];
    fay = await world.person('fay', ['facilitator']);
    lou = await world.person('lou', ['network-lead']);
    aud = await world.person('aud', ['auditor']);
    ok(await lou.post('', { label: 'Lyon' }));
    ok(await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
    ok(await ana.post('members', entering('Ana', 'Construire un tableau croisé', 'Parler devant un groupe')));
    offerId = await eventually(async () => ok(await fay!.get('directory?kind=offer')).body.entries[0]?.id as string | undefined);
    ok(await bo.post('members', entering('Bo', 'Préparer une réunion', 'Apprendre les tableaux')));
    ok(await bo.post(`offers/${offerId}/contest`, { kind: 'a-service', text: TEXT }));
    incidentId = ok(await ana.post('incidents', { kind: 'behaviour', text: 'Il a crié' })).body.incidentId;
    riskId = await reportRisk();
    after = await world.installation.log.head();
  }, 60_000);
  afterAll(async () => await world?.close());

  it('are read by a facilitator, who settles them: kind and text (R14)', async () => {
    const { cases } = ok(await fay!.get(`cases?after=${after}`)).body;
    expect(cases.map(({ id }: { id: string }) => id)).toEqual([offerId, incidentId, riskId]);
    expect(JSON.stringify(cases)).not.toContain(TEXT);
    expect(ok(await fay!.get(`cases/${offerId}`)).body.case).toMatchObject({
      ...{ kind: 'offer-contest', matter: 'a-service' },
      text: { text: TEXT, erased: false },
      content: { wording: { text: 'Construire un tableau croisé', erased: false } },
    });
    expect(ok(await fay!.get(`cases/${incidentId}`)).body.case).toMatchObject({ matter: 'behaviour', text: { text: 'Il a crié' } });
  });

  it('name to a facilitator who opened them, and whom they are about (§7, case 17)', async () => {
    const { case: file, people } = ok(await fay!.get(`cases/${offerId}`)).body;
    expect(people).toEqual([
      { memberId: file.by, name: 'Bo', seen: 'named' },
      { memberId: file.named[0], name: 'Ana', seen: 'named' },
    ]);
  });

  it('are kept from a facilitator whom they name', async () => {
    expect((await bo!.get(`cases/${offerId}`)).body).toMatchObject({ status: 403, code: 'case-names-you' });
    expect(ok(await bo!.get('cases')).body.cases.map(({ id }: { id: string }) => id)).toEqual([incidentId, riskId]);
  });

  it('are risks alone for a network lead, who reads the text of no incident', async () => {
    expect(ok(await lou!.get(`cases?after=${after}`)).body.cases.map(({ id }: { id: string }) => id)).toEqual([riskId]);
    expect(ok(await lou!.get(`cases/${riskId}`)).body.case).toMatchObject({ matter: 'risk', indicator: 'imbalance', text: null });
    for (const id of [offerId, incidentId]) {
      expect((await lou!.get(`cases/${id}`)).body).toMatchObject({ status: 404, code: 'case-not-found' });
      expect((await lou!.get(`cases/${id}/evidence`)).status).toBe(404);
    }
  });

  it('open a recorded risk into its evidence, at the midnight that found it however late it was recorded: to the auditor with a motive', async () => {
    const path = `cases/${riskId}/evidence`;
    const judged = {
      ...{ evaluatedAt: midnight, figure: { indicator: 'imbalance', cell: null, denominator: 0 } },
      ...{ eventIds: [], next: null },
    };
    const ofLead = ok(await lou!.get(`${path}?after=${after}`)).body;
    expect(ofLead).toMatchObject(judged);
    expect(ofLead).not.toHaveProperty('events');
    expect((await aud!.get(path)).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await aud!.post(path, { motive: '-' })).body).toMatchObject({ status: 400, errors: [{ field: '/motive' }] });
    const before = await world.installation.log.head();
    expect(ok(await aud!.post(path, { motive: 'Contrôle annuel' })).body).toMatchObject({ ...judged, events: [] });
    const records: unknown[] = [];
    for await (const stored of world.installation.log.readAll({ after: before }))
      records.push(world.installation.codec.decode(stored).data);
    const route = 'POST /networks/{networkId}/cases/{caseId}/evidence';
    expect(records).toMatchObject([{ subject: `incident-${riskId}`, purpose: 'audit', route }]);
  });

  it('are nobody else’s', async () => {
    for (const role of ['member', 'hr', 'auditor', 'dashboard', 'operator', 'data-protection-officer'] as const) {
      const person = await world.person(`only-${role}`, [role]);
      expect((await person.get(`cases/${offerId}`)).body).toMatchObject({ status: 403, code: 'forbidden' });
    }
    expect((await ana!.get(`cases/${incidentId}`)).status).toBe(403);
  });

  it('are answered as the OpenAPI document says', async () => {
    const document = openApiDocument(world.api);
    for (const path of ['cases', `cases/${offerId}`, `cases/${riskId}`]) {
      const { body } = ok(await fay!.get(path));
      expect(departures(document, { method: 'get', path: `/networks/${world.networkId}/${path}`, body })).toEqual([]);
    }
    const path = `/networks/${world.networkId}/cases/${riskId}/evidence`;
    expect(departures(document, { method: 'get', path, body: ok(await lou!.get(path)).body })).toEqual([]);
    expect(departures(document, { method: 'post', path, body: ok(await aud!.post(path, { motive: 'Contrôle' })).body })).toEqual([]);
  });
});
