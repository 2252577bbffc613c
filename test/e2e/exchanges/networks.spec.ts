import { randomUUID } from 'node:crypto';
import { developmentIdentities } from '#apps/installation/development-identities';
import { openApiDocument } from '#apps/api/openapi/document';
import { startApi } from '../harness/api-under-test';
import { personAt, type HttpAnswer, type Person } from '../harness/person-at';
import { ok } from '../harness/asking';
import { departures } from '../harness/conforms';
import { entering } from '../harness/entering';

describe('networks and who is kept apart in them, over HTTP (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let [ana, bo, fay]: Person[] = [];
  const ids: Record<string, string> = {};

  const read = async (person: Person, path: string): Promise<HttpAnswer['body']> => {
    const { body } = ok(await person.get(path));
    const asked = { method: 'get', path: path.startsWith('/') ? path : `/networks/${world.networkId}/${path}`.replace(/\/$/, ''), body };
    expect(departures(openApiDocument(world.api), asked)).toEqual([]);
    return body;
  };
  const enter = async (person: Person, name: string): Promise<string> => {
    const { position } = ok(await person.post('members', entering(name, `Offre de ${name}`, `Demande de ${name}`))).body;
    return (await read(person, `members/me?after=${position}`)).member.memberId as string;
  };

  beforeAll(async () => {
    world = await startApi();
    [ana, bo, fay] = [await world.person('ana'), await world.person('bo'), await world.person('fay', ['facilitator'])];
    const lou = await world.person('lou', ['network-lead']);
    ok(await lou.post('', { label: 'Lyon' }));
    ok(await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
    ids['ana'] = await enter(ana, 'Ana');
    ids['bo'] = await enter(bo, 'Bo');
    ok(await lou.send('PUT', `mediators/${ids['ana']}`));
  }, 60_000);
  afterAll(async () => await world?.close());

  it('lists a pair by name and lifts it, once (R7, R22, cases 11 and 20)', async () => {
    const pair = { one: ids['ana'], other: ids['bo'] };
    const { position } = ok(await fay!.post('forbidden-pairs', { ...pair, reason: 'À leur demande' })).body;
    const { pairs } = await read(fay!, `forbidden-pairs?after=${position}`);
    const named = (name: string) => expect.objectContaining({ memberId: ids[name.toLowerCase()], name, seen: 'named' });
    expect(pairs).toEqual([expect.objectContaining({ reason: 'À leur demande', since: expect.stringMatching(/^20/) })]);
    expect(pairs[0].pair).toEqual(expect.arrayContaining([named('Ana'), named('Bo')]));
    const lifted = ok(await fay!.post('forbidden-pairs/lifting', { one: ids['bo'], other: ids['ana'], reason: 'C’est réglé' })).body;
    expect((await read(fay!, `forbidden-pairs?after=${lifted.position}`)).pairs).toEqual([]);
    expect((await world.installation.application.facts.of(world.networkId as never))?.forbiddenPairs).toEqual([]);
    // Texts lie encrypted: another command's cannot be known to be the same, and is not dropped.
    const again = await fay!.post('forbidden-pairs/lifting', { ...pair, reason: 'C’est réglé' });
    expect(again).toMatchObject({ status: 409, body: { code: 'pair-not-forbidden', rule: 'R22' } });
    const nobody = await fay!.post('forbidden-pairs/lifting', { one: ids['bo'], other: randomUUID(), reason: 'Erreur' });
    expect(nobody.body).toMatchObject({ code: 'member-not-found' });
  });

  it('tells a network’s label, to its own (R23, case 20)', async () => {
    expect((await read(ana!, '')).label).toBe('Lyon');
  });

  it('lists the networks of a token, with what one is in each, and no other (R23, case 20)', async () => {
    const [lille, unopened, elsewhere] = [randomUUID(), randomUUID(), randomUUID()];
    for (const [network, label] of [
      [lille, 'Lille'],
      [elsewhere, 'Nantes'],
    ] as const)
      ok(await (await world.person('lou', ['network-lead'], network)).post('', { label, timeZone: 'Europe/Brussels' }));
    const identities = await developmentIdentities(world.installation.settings);
    const networks = async (subject: string, roles: Parameters<typeof identities.token>[1]) => {
      const holder = personAt(world.url, world.networkId, { subject, token: await identities.token(subject, roles) });
      return (await read(holder, '/networks')).networks;
    };
    const roles = { [world.networkId]: ['member'], [lille]: ['hr'], [unopened]: ['network-lead'], 'no network': ['member'] } as const;
    const lyon = { networkId: world.networkId, label: 'Lyon', defaultLanguage: 'fr', timeZone: 'Europe/Paris' };
    expect(await networks('ana', roles)).toEqual([
      { ...lyon, roles: ['member', 'mediator'], membership: 'enrolled' },
      { networkId: lille, label: 'Lille', defaultLanguage: 'fr', timeZone: 'Europe/Brussels', roles: ['hr'], membership: null },
    ]);
    expect(await networks('zoe', { [world.networkId]: ['member'] })).toEqual([{ ...lyon, roles: ['member'], membership: null }]);
    expect(await world.installation.keys.find(world.networkId, 'zoe')).toBeNull();
    expect(await networks('zoe', { [lille]: ['nonsense' as never] })).toEqual([]);
  });

  it('lists every open network to an operator, who is nobody there but that, and a later one, too (R23, case 30)', async () => {
    const identities = await developmentIdentities(world.installation.settings);
    const token = await identities.token('sam', { [world.networkId]: ['operator', 'facilitator'] });
    const sam = personAt(world.url, world.networkId, { subject: 'sam', token });
    const roles = async () =>
      (await read(sam, '/networks')).networks.map((one: { label: string; roles: string[]; membership: null }) => [
        ...[one.label, one.roles.join(), one.membership],
      ]);
    const before = await roles();
    expect(before).toContainEqual(['Lyon', 'facilitator,operator', null]);
    const later = randomUUID();
    ok(await (await world.person('lou', ['network-lead'], later)).post('', { label: 'Brest' }));
    expect(await roles()).toEqual([...before, ['Brest', 'operator', null]]);
    expect(await world.installation.keys.find(later as never, 'sam')).toBeNull();
  });
});
