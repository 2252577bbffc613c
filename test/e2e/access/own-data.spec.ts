import { openApiDocument } from '#apps/api/openapi/document';
import type { RecordedEvent } from '#event-store/codec.port';
import { START } from '#event-store/log.port';
import { startApi } from '../harness/api-under-test';
import type { HttpAnswer, Person } from '../harness/person-at';
import { eventually, ok } from '../harness/asking';
import { departures } from '../harness/conforms';
import { heldExchange, type HeldExchange } from '../harness/held-exchange';

const EXPORT = 'members/me/export';

describe('one’s own data, over HTTP (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let held: HeldExchange;
  let pam: Person;

  const fitting = (method: string, path: string, answer: HttpAnswer): HttpAnswer['body'] => {
    const { body } = ok(answer);
    const asked = { method, path: `/networks/${world.networkId}/${path}`, body };
    expect(departures(openApiDocument(world.api), asked)).toEqual([]);
    return body;
  };
  const of = async (person: Person) => fitting('get', EXPORT, await person.get(EXPORT));
  const requested = async (motive = 'Demande du 3 mars') => {
    const path = `members/${held.ids.ana}/access-request`;
    return fitting('post', path, await pam.post(path, { motive }));
  };
  const accesses = async (): Promise<readonly RecordedEvent[]> => {
    const found: RecordedEvent[] = [];
    for await (const stored of world.installation.log.readAll({ after: START, filter: { types: ['PersonalDataAccessed'] } }))
      found.push(world.installation.codec.decode(stored));
    return found;
  };

  beforeAll(async () => {
    world = await startApi();
    pam = await world.person('pam', ['data-protection-officer']);
    held = await heldExchange(world);
    const { bo, exchangeId, criteria } = held;
    ok(await bo.post(`exchanges/${exchangeId}/evaluation`, { overall: 5, criteria, usable: 5, again: true, comment: 'Très clair' }));
    ok(await held.ana.post('incidents', { kind: 'behaviour', text: 'Il a crié' }));
  }, 120_000);
  afterAll(async () => await world?.close());

  it('is one document: profile, offers, requests, matches, exchanges, hours, own cases and texts', async () => {
    const { ids, exchangeId } = held;
    await eventually(async () => (await of(held.ana)).hours.length > 0);
    const document = await of(held.ana);
    expect(document).toMatchObject({
      memberId: ids.ana,
      profile: { name: 'Ana', email: 'ana@example.org' },
      offers: [{ kind: 'offer', content: { wording: 'Construire un tableau croisé' } }],
      requests: [{ kind: 'request', content: { wording: 'Parler devant un groupe' } }],
      matches: [{ kind: 'match', status: 'agreed' }],
      exchanges: [{ exchangeId, status: 'held', agreement: { content: 'Tableaux croisés' } }],
      hours: [{ role: 'giver', minutes: 60, minutesOutside: 0, label: 'formation de proximité' }],
      cases: [{ kind: 'incident', matter: 'behaviour', text: { text: 'Il a crié', erased: false } }],
    });
    expect(document.texts.map(({ text }: { text: string }) => text)).toEqual(
      expect.arrayContaining(['Ana', 'Il a crié', 'Tableaux croisés']),
    );
    expect((await held.ana.get(EXPORT)).headers.get('cache-control')).toBe('no-store');
  });

  it('gives HR hours by employee number and name, role by role, as JSON and CSV; each its own to the member (R20, case 18)', async () => {
    const hal = await world.person('hal', ['hr']);
    const { ana, ids, exchangeId } = held;
    const profile = { name: 'Ana', email: 'ana@example.org', site: 'LYON', unit: 'TRI', languages: ['fr'] };
    const { position } = ok(await ana.send('PUT', `members/${ids.ana}/profile`, { profile: { ...profile, employeeNumber: '=1+1' } })).body;
    expect((await of(ana)).profile.employeeNumber).toBe('=1+1');
    const year = new Date().getUTCFullYear();
    const days = `training-hours?from=${year - 1}-01-01&to=${year + 1}-12-31&after=${position}`;
    const before = (await accesses()).length;
    const { lines } = fitting('get', days, await hal.get(days));
    const line = { minutes: 60, minutesOutside: 0, outsideHours: false, label: 'formation de proximité', date: expect.any(String) };
    expect(lines).toHaveLength(2);
    expect(lines).toEqual(
      expect.arrayContaining([
        { ...line, employeeNumber: '=1+1', name: 'Ana', memberId: ids.ana, role: 'giver' },
        { ...line, employeeNumber: null, name: 'Bo', memberId: ids.bo, role: 'learner' },
      ]),
    );
    const files = [await hal.get(`${days}&format=csv&limit=1`), await hal.get(days, { accept: 'text/csv' })];
    const [header, ...rows] = (files[0]!.body as string).trimEnd().split('\n');
    expect(header).toBe('employee_number,name,member_id,date,role,minutes,minutes_outside,outside_hours,label');
    const { date } = lines[0];
    expect(rows.sort()).toEqual(
      [
        `'=1+1,Ana,${ids.ana},${date},giver,60,0,false,formation de proximité`,
        `,Bo,${ids.bo},${date},learner,60,0,false,formation de proximité`,
      ].sort(),
    );
    expect(files.map(({ body, headers }) => [body, headers.get('content-type')])).toEqual(
      files.map(() => [files[0]!.body, 'text/csv; charset=utf-8']),
    );
    expect((await accesses()).slice(before).map(({ data }) => (data as { purpose: string }).purpose)).toEqual(
      Array(3).fill('hours-export'),
    );
    const mine = `training-hours/mine?year=${date.slice(0, 4)}`;
    const own = fitting('get', mine, await held.bo.get(mine));
    expect(own.lines).toEqual([expect.objectContaining({ exchangeId, role: 'learner', minutes: 60 })]);
    expect(own.months).toEqual([{ month: date.slice(0, 7), learnerMinutes: 60, giverMinutes: 0, minutesOutside: 0 }]);
  });

  it('has what they judged at once, and what others judged once it is unsealed (R13, R15)', async () => {
    const given = [{ memberId: held.ids.bo, role: 'learner', versions: [expect.objectContaining({ comment: 'Très clair' })] }];
    expect((await of(held.bo)).evaluations).toEqual({ given: [expect.objectContaining(given[0]!)], received: [] });
    expect((await of(held.ana)).evaluations).toEqual({ given: [], received: [] });
    ok(await held.ana.post(`exchanges/${held.exchangeId}/evaluation`, { overall: 4, criteria: held.criteria, again: true }));
    const { evaluations } = await of(held.ana);
    expect(evaluations.given).toMatchObject([{ memberId: held.ids.ana, exchangeId: held.exchangeId }]);
    expect(evaluations.received).toMatchObject([{ memberId: held.ids.bo, versions: [{ comment: 'Très clair' }] }]);
    // The mediator reads them in the exchange (R15); they are no data of the mediator's.
    expect((await of(held.moe)).evaluations).toEqual({ given: [], received: [] });
  });

  it('is one’s own alone: no name of others, nothing of exchanges without them', async () => {
    const written = JSON.stringify(await of(held.bo));
    for (const other of ['ana@example.org', 'Parler devant un groupe', 'Il a crié']) expect(written).not.toContain(other);
    const cleo = await world.person('cleo');
    expect((await cleo.get(EXPORT)).body).toMatchObject({ status: 404, code: 'member-not-found' });
    for (const role of ['facilitator', 'network-lead', 'hr', 'auditor', 'dashboard', 'operator', 'data-protection-officer'] as const)
      expect((await (await world.person(`only-${role}`, [role])).get(EXPORT)).status).toBe(403);
  });

  it('is given to the data protection officer for an access request, without evaluations and others’ texts (R15)', async () => {
    const document = await requested();
    expect(document).toMatchObject({
      memberId: held.ids.ana,
      profile: { name: 'Ana' },
      evaluations: null,
      // Ana is the first giver: the agreement's text is hers (§4)
      exchanges: [{ exchangeId: held.exchangeId, agreement: { content: 'Tableaux croisés' } }],
      cases: [{ text: { text: 'Il a crié' } }],
    });
    expect(JSON.stringify(document)).not.toContain('Très clair');
    // both have evaluated by now
    expect(document.exchanges).toMatchObject([{ status: 'held', unsealed: false }]);
    expect(JSON.stringify(document)).not.toMatch(/EvaluationSubmitted|ExchangeClosed/);
    const ofBo = `members/${held.ids.bo}/access-request`;
    const [{ agreement }] = ok(await pam.post(ofBo, { motive: 'Demande du 3 mars' })).body.exchanges;
    expect(agreement.content).toBeNull();
    expect(JSON.stringify(ok(await pam.post(ofBo, { motive: 'Demande du 3 mars' })).body)).not.toContain('Très clair');
    for (const role of ['member', 'facilitator', 'network-lead', 'hr', 'auditor', 'operator'] as const) {
      const person = await world.person(`only-${role}`, [role]);
      expect((await person.post(ofBo, { motive: 'Curiosité' })).status).toBe(403);
    }
    expect((await pam.post(ofBo, { motive: ' ' })).status).toBe(400);
  });

  it('is recorded each time it is handed out, by whom and for whom', async () => {
    const before = (await accesses()).length;
    await of(held.bo);
    await requested();
    const recorded = (await accesses()).slice(before);
    expect(recorded.map(({ data, meta }) => [meta.actor.role, data])).toEqual([
      ['member', expect.objectContaining({ by: held.ids.bo, purpose: 'access-request', subject: `member-${held.ids.bo}` })],
      ['data-protection-officer', expect.objectContaining({ purpose: 'access-request', subject: `member-${held.ids.ana}` })],
    ]);
  });

  it('tells who else looked: their role and purpose, not their name', async () => {
    const [aud, hal] = [await world.person('aud', ['auditor']), await world.person('hal', ['hr'])];
    ok(await aud.post(`exchanges/${held.exchangeId}/replay`, { motive: 'Contrôle annuel' }));
    ok(await hal.get('training-hours?from=2020-01-01&to=2099-12-31'));
    ok(await hal.get('training-hours?from=2020-01-01&to=2020-12-31'));
    const { accesses: looks } = await of(held.bo);
    expect(looks.map(({ role, purpose }: Record<string, string>) => `${role} ${purpose}`).slice(-2)).toEqual([
      'auditor audit',
      'hr hours-export',
    ]);
    const ids = await Promise.all(['aud', 'hal'].map((subject) => world.installation.keys.find(world.networkId, subject)));
    for (const secret of [...ids, 'Contrôle annuel']) expect(JSON.stringify(looks)).not.toContain(secret);
  });

  it('tells the member and the officers how far an erasure is, and takes two persons (R19)', async () => {
    const { ana, bo, ids } = held;
    const quin = await world.person('quin', ['data-protection-officer']);
    const own = async (person: Person, after: string) =>
      fitting('get', 'members/me/erasure', await person.get(`members/me/erasure?after=${after}`)).erasure;
    const listed = async (officer: Person, after: string) =>
      fitting('get', 'erasures', await officer.get(`erasures?after=${after}`)).erasures;
    const path = `members/${ids.bo}/`;
    const { position } = ok(await pam.post(`${path}erasure-request`)).body;
    expect(await own(ana, position)).toBeNull();
    const officer = 'data-protection-officer';
    expect(await own(bo, position)).toMatchObject({ asked: { by: officer, byYou: false }, approved: null, held: null, erased: null });
    expect(await listed(pam, position)).toMatchObject([{ memberId: ids.bo, asked: { byYou: true } }]);
    expect(await listed(quin, position)).toMatchObject([{ memberId: ids.bo, asked: { byYou: false } }]);
    expect((await pam.post(`${path}erasure-approval`)).body).toMatchObject({ code: 'erasure-needs-second-person' });
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const { position: heldAt } = ok(await quin.post(`${path}erasure-deferral`, { until })).body;
    expect(await own(bo, heldAt)).toMatchObject({ held: { until, by: officer } });
    expect((await of(bo)).erasure).toMatchObject({ held: { until } });
    expect((await quin.post(`${path}erasure-approval`)).body).toMatchObject({ code: 'erasure-deferred' });
    expect(ok(await pam.get('erasures?state=erased')).body.erasures).toEqual([]);
  });
});
