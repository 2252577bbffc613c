import { createCodec } from '#event-store/codec/codec';
import { eventSchemas } from '#event-store/codec/schemas';
import { everyPersonalText, type WrittenVersion } from '#testing/every-personal-text';
import { startApi } from '../harness/api-under-test';
import type { Person } from '../harness/person-at';
import { eventually, ok } from '../harness/asking';
import { entering } from '../harness/entering';

const EXPORT = 'members/me/export';

describe('the export of everything that is held of a member (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let ana: Person;
  let memberId: string;
  let written: readonly WrittenVersion[];

  beforeAll(async () => {
    world = await startApi();
    ana = await world.person('ana');
    const lou = await world.person('lou', ['network-lead']);
    ok(await lou.post('', { label: 'Lyon' }));
    ok(await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
    const { position } = ok(await ana.post('members', entering('Ana', 'Construire un tableau', 'Parler devant un groupe'))).body;
    memberId = ok(await ana.get(`members/me?after=${position}`)).body.member.memberId;
    const draft = { ...entering('Ana', 'Un brouillon', 'x').offers[0], wording: 'Un brouillon' };
    const cleo = await world.person('cleo');
    ok(await cleo.post('members', entering('Cléo', 'Tenir un carnet', 'Lire un bilan')));
    ok(await ana.post('offers/drafts', { content: draft }));
    const published = await eventually(async () =>
      (ok(await ana.get('members/me')).body.entries as { id: string; kind: string; status: string }[]).find(
        ({ kind, status }) => kind === 'offer' && status === 'published',
      ),
    );
    ok(await cleo.post(`offers/${published.id}/contest`, { kind: 'misleading', text: 'Ce n’est pas cela' }));
    let count = 0;
    written = everyPersonalText({ network: world.networkId, member: memberId, textOf: () => `mot-${(count += 1)}-<b>` });
    const { log, keys } = world.installation;
    for (const { decided, schemas } of written) {
      const event = await createCodec(keys, schemas).encode(decided);
      expect((await log.append(decided.meta.stream, 'any', [event])).outcome).toBe('appended');
    }
  }, 120_000);
  afterAll(async () => await world?.close());

  it('walks each personal field of every type and version of event (R19)', () => {
    const marks = (schema: object): number => JSON.stringify(schema).match(/"personal":/g)?.length ?? 0;
    const present = Object.entries(eventSchemas).flatMap(([type, { schema, upcasts }]) =>
      [...upcasts.map(({ from }) => from), schema].map((one, at) => [`${type} ${at + 1}`, marks(one)] as const),
    );
    const walked = new Map(written.map(({ type, version, texts }) => [`${type} ${version}`, texts.length]));
    expect(walked).toEqual(new Map(present.filter(([, fields]) => fields > 0)));
    expect(walked.size).toBeGreaterThan(25);
  });

  it('has every personal text of every event of theirs, by event and field, as JSON and as a page (R19)', async () => {
    const { texts } = ok(await ana.get(EXPORT)).body;
    const found = new Set(texts.map(({ type, path, text }: Record<string, string>) => `${type} ${path} ${text}`));
    const page = ok(await ana.get(EXPORT, { accept: 'text/html' })).body as string;
    const missing = written.flatMap(({ type, texts: own }) =>
      own.filter(({ path, text }) => !found.has(`${type} ${path} ${text}`) || !page.includes(text.replace('<b>', '&#60;b&#62;'))),
    );
    expect(missing).toEqual([]);
    expect(page).not.toContain('<b>');
  });

  it('tells what is held beside the log: the link to the person, the session, and who looked (§7)', async () => {
    const pam = await world.person('pam', ['data-protection-officer']);
    ok(await pam.post(`members/${memberId}/access-request`, { motive: 'Demande du 3 mars' }));
    const { register, signedInUntil, accesses } = ok(await ana.get(EXPORT)).body;
    expect([register, signedInUntil]).toEqual([{ linked: true }, null]);
    expect(accesses).toEqual([expect.objectContaining({ role: 'data-protection-officer', purpose: 'access-request' })]);
  });

  it('has the events of their own histories as they were recorded, a draft among them, and nobody else’s id or words (§7)', async () => {
    const { events } = ok(await ana.get(EXPORT)).body as {
      events: readonly { type: string; role: string; data: Record<string, unknown> }[];
    };
    const types = events.map(({ type }) => type);
    for (const type of ['MembershipRequested', 'MemberEnrolled', 'OfferPublished', 'OfferDrafted']) expect(types).toContain(type);
    expect(events.find(({ type }) => type === 'OfferDrafted')?.data).toMatchObject({ content: { wording: 'Un brouillon' } });
    const contested = events.find(({ type }) => type === 'OfferContested');
    expect(contested).toMatchObject({ role: 'member', data: { kind: 'misleading', text: null } });
    expect(contested?.data).not.toHaveProperty('by');
  });

  it.each([
    ['fr', 'Ce que le réseau garde de vous'],
    ['en', 'What the network keeps of you'],
  ])('is a page without scripts, in the reader’s language: %s', async (language, title) => {
    const asked = { accept: 'text/html', 'accept-language': language };
    const { body, headers } = ok(await ana.get(EXPORT, asked));
    expect(body).toContain(`<html lang="${language}">`);
    expect(body).toContain(`<h1>${title}</h1>`);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; .*frame-ancestors 'none'$/);
    expect(body).not.toMatch(/<script|\son\w+=|javascript:|style="/i);
    const officer = await world.person('pam', ['data-protection-officer']);
    const path = `members/${memberId}/access-request`;
    expect(ok(await officer.send('POST', path, { motive: 'Demande du 3 mars' }, asked)).body).toContain(`<h1>${title}</h1>`);
  });
});
