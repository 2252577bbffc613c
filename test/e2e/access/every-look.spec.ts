import type { OpenAPIObject } from '@nestjs/swagger';
import type { PersonRole } from '#apps/installation/access';
import { LOOK } from '#apps/api/commands/looks';
import { openApiDocument } from '#apps/api/openapi/document';
import type { RecordedEvent } from '#event-store/codec.port';
import { START, type Position } from '#event-store/log.port';
import { routesOf, type Route } from '../../docs/authorisation';
import { startApi } from '../harness/api-under-test';
import { ok } from '../harness/asking';
import { heldExchange, type HeldExchange } from '../harness/held-exchange';
import { signLog } from '../harness/sign-log';

/** Those who look at others' affairs for the company: none of them sees a text of a person without leaving a record. */
const WATCHED = ['auditor', 'hr', 'dashboard', 'operator', 'data-protection-officer'] as const;

/** What is not asked here, and why that is no gap. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  'POST /networks/{networkId}/cases/{caseId}/evidence': 'needs a recorded risk: `cases.spec`',
};
/** Commands of a role: they answer with a position. Who may give them is the table's affair, and every one is an event with its actor. */
const COMMANDS = /\/(erasure-\w+|retention-runs|operations(\/projections\/\{name\}\/.+)?)$/;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: { readonly enum?: readonly string[] };
}

type Operation = {
  readonly [LOOK]?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, { readonly example: object }> };
};

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const isCommand = ({ method, path }: Route): boolean => method !== 'GET' && COMMANDS.test(path);

const GIVEN: Readonly<Record<string, string>> = { from: '2020-01-01', to: '2099-12-31' };

const queryOf = ({ parameters = [] }: Operation): string =>
  parameters
    .filter(({ in: place, required }) => place === 'query' && required)
    .map(({ name, schema }) => `${name}=${GIVEN[name] ?? schema?.enum?.[0] ?? ''}`)
    .join('&');

/** The body that the document shows, without its moment: that is before the network was opened. */
const bodyOf = ({ requestBody }: Operation): object | undefined => {
  const example = requestBody?.content['application/json']?.example;
  return example && Object.fromEntries(Object.entries(example).filter(([name]) => !['asOf', 'revision'].includes(name)));
};

const wordsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : [];
};

describe('every look of who looks at others’ affairs (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let held: HeldExchange;
  let document: OpenAPIObject;
  let routes: readonly Route[];
  let personal: ReadonlySet<string>;
  let enrolment: string;

  const since = async (after: Position): Promise<readonly RecordedEvent[]> => {
    const found: RecordedEvent[] = [];
    for await (const stored of world.installation.log.readAll({ after })) found.push(world.installation.codec.decode(stored));
    return found;
  };
  const operationOf = ({ method, path }: Route): Operation => (document.paths[path] as Record<string, Operation>)[method.toLowerCase()]!;
  /** What a route declares that it records; any other shows nothing that a person wrote or is called. */
  const looksOf = (route: Route): readonly string[] => operationOf(route)[LOOK] ?? [];
  const address = (route: Route): string => {
    const ids = { networkId: world.networkId, memberId: held.ids.ana, exchangeId: held.exchangeId, eventId: enrolment, name: 'directory' };
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => (ids as Record<string, string>)[name] ?? 'x');
    const query = queryOf(operationOf(route));
    return query ? `${path}?${query}` : path;
  };
  /** A feed's first words; anything else whole. */
  const asked = async (role: PersonRole, route: Route): Promise<{ readonly status: number; readonly words: readonly string[] }> => {
    const person = await world.person(`only-${role}`, [role]);
    if (!route.path.includes('/feeds/')) {
      const { status, body } = await person.send(route.method, address(route), bodyOf(operationOf(route)));
      return { status, words: wordsIn(body) };
    }
    const token = await world.tokenOf(`only-${role}`, [role]);
    const leaving = new AbortController();
    const response = await fetch(`${world.url}${address(route)}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: leaving.signal,
    });
    const first = await response.body!.getReader().read();
    leaving.abort();
    const data = new TextDecoder().decode(first.value).match(/^data: (.*)$/m)?.[1];
    return { status: response.status, words: wordsIn(JSON.parse(data ?? 'null')) };
  };

  beforeAll(async () => {
    world = await startApi({ SAVOIRS_REQUESTS_PER_MINUTE: '1000000' });
    held = await heldExchange(world);
    const { bo, exchangeId, criteria } = held;
    ok(await bo.post(`exchanges/${exchangeId}/evaluation`, { overall: 5, criteria, usable: 5, again: true, comment: 'Très clair' }));
    const { position } = ok(await held.ana.post('incidents', { kind: 'behaviour', text: 'Il a crié' })).body;
    ok(await held.ana.get(`members/me?after=${position}`));
    await signLog(world.installation);
    document = openApiDocument(world.api);
    routes = routesOf(document);
    enrolment = (await since(START)).find(({ type }) => type === 'MemberEnrolled')!.meta.eventId;
    const { rows } = await world.installation.pool.query<{ text: string }>('select text from read.personal_text');
    personal = new Set(rows.map(({ text }) => text));
    for (const text of ['Ana', 'Très clair', 'Il a crié', 'ana@example.org']) expect(personal).toContain(text);
  }, 120_000);
  afterAll(async () => await world?.close());

  it.each(WATCHED)('leaves one record that names who, whom, the way and why, or shows no text of a person: %s', async (role) => {
    const mine = routes.filter((route) => route.roles.includes(role) && !isCommand(route) && !NOT_ASKED[nameOf(route)]);
    expect(mine.length).toBeGreaterThan(3);
    for (const route of mine) {
      const before = await world.installation.log.head();
      const { status, words } = await asked(role, route);
      const events = await since(before);
      const shown = words.filter((word) => personal.has(word));
      const [purpose] = looksOf(route);
      const records = events.map(({ type, data, meta }) => [type, 'purpose' in data && [data.purpose, data.route], meta.actor.role]);
      const told = { route: nameOf(route), status, records, shown: purpose ? [] : shown };
      expect(told).toEqual({
        ...{ route: nameOf(route), status: 200, shown: [] },
        records: purpose ? [['PersonalDataAccessed', [purpose, nameOf(route)], role]] : [],
      });
      expect(JSON.stringify(events.map(({ data }) => data))).not.toMatch(/Ana|Très clair|Il a crié/);
    }
  });

  it('shows a text of a person to nobody of them but by what is recorded, and to auditors by identity alone', async () => {
    const showing: string[] = [];
    for (const role of WATCHED)
      for (const route of routes.filter((one) => one.roles.includes(role) && looksOf(one).length > 0))
        if ((await asked(role, route)).words.some((word) => personal.has(word))) showing.push(`${role} ${looksOf(route)[0]}`);
    expect(showing.toSorted()).toEqual([
      'auditor identity',
      'data-protection-officer access-request',
      'data-protection-officer identity',
      'hr hours-export',
    ]);
  });

  it('leaves out no route but such as there are, and knows of each purpose a route that records it (§7)', () => {
    const names = new Set(routes.map(nameOf));
    expect(Object.keys(NOT_ASKED).filter((name) => !names.has(name))).toEqual([]);
    expect([...new Set(routes.flatMap(looksOf))].sort()).toEqual(['access-request', 'audit', 'hours-export', 'identity']);
  });

  it('gives the auditor no command, and the operator none but their own (§7)', () => {
    const looks = new Set(routes.filter((route) => looksOf(route).length > 0).map(nameOf));
    const commandsOf = (role: PersonRole) => routes.filter((route) => route.roles.includes(role) && route.method !== 'GET').map(nameOf);
    expect(commandsOf('auditor').filter((name) => !looks.has(name))).toEqual([]);
    expect(commandsOf('operator').filter((name) => !name.includes('/operations'))).toEqual([]);
  });
});
