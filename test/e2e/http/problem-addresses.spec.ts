import { TOKEN_ROLES } from '#apps/installation/access';
import { openApiDocument } from '#apps/api/openapi/document';
import { cursorOf } from '#read-store/cursor';
import { ANY_ID, EMAIL, NAME, refusingApi } from './problems.fixture';

const HEAD = '00000000000000000000';

describe('what the API refuses of an address, over HTTP', () => {
  const here = refusingApi();
  const { problem, settled, lineOf } = here;

  it('answers 404 to an unknown route, network or id, 405 to another method, 400 to an address that cannot be read', async () => {
    expect(problem(await settled(here.ana.get(`/nowhere/${EMAIL}`)))).toMatchObject({ status: 404, code: 'not-found' });
    expect(problem(await settled(here.ana.get(`/networks/${EMAIL}`)))).toMatchObject({ status: 404, code: 'network-not-found' });
    expect(problem(await settled(here.ana.get(`exchanges/${EMAIL}`)))).toMatchObject({ status: 404, code: 'not-found' });
    expect(problem(await settled(here.ana.get(`exchanges/${ANY_ID}`)))).toMatchObject({ status: 404, code: 'exchange-not-found' });
    const other = await settled(here.ana.send('PATCH', 'members', {}));
    expect(problem(other)).toMatchObject({ status: 405, code: 'method-not-allowed' });
    expect(other.headers.get('allow')).toBe('POST');
    const unread = await settled(here.ana.get(`/networks/%E0%A4%A/${EMAIL}`));
    expect(unread).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(lineOf(unread)).toMatchObject({ status: 400, route: 'unknown' });
    here.said.push(JSON.stringify(unread.body));
  });

  it('names a query parameter that is wrong, a cursor and a position that nobody gave', async () => {
    const fay = await here.world.person('fay', ['member', 'facilitator']);
    const field = async (query: string) => problem(await settled(fay.get(query))).errors[0].field;
    expect(await field('directory?limit=none')).toBe('limit');
    expect(await field(`directory?unknown=${EMAIL}`)).toBe('unknown');
    expect(await field('directory?cursor=bm9uc2Vuc2U')).toBe('cursor');
    expect(await field(`directory?cursor=${encodeURIComponent(NAME)}`)).toBe('cursor');
    expect(await field(`members/me?after=${EMAIL}`)).toBe('after');
    expect(await field(`members/me?after=${HEAD}&after=${HEAD}`)).toBe('after');
  });

  it.each([
    ['directory?text=a%00b', 'text'],
    ['directory?site=%00', 'site'],
    ['directory?topicUri=urn:a%00', 'topicUri'],
    ['directory?site=a%1Bb', 'site'],
    ['topics?text=a%00b', 'text'],
    [`directory?cursor=${cursorOf('a', 'b', 'c')}`, 'cursor'],
    [`directory?cursor=${cursorOf(1, 2, 3)}`, 'cursor'],
    [`directory?cursor=${cursorOf(0, 'a\u0000', 'b')}`, 'cursor'],
    [`match-queue?cursor=${cursorOf(1, 2)}`, 'cursor'],
    [`exchanges?cursor=${cursorOf('a', '\ud800')}`, 'cursor'],
    [`training-hours?from=2026-01-01&to=2026-12-31&cursor=${cursorOf(1, 2)}`, 'cursor'],
    [`members/dormant?cursor=${cursorOf(1)}`, 'cursor'],
    [`rounds/${ANY_ID}/explanation?cursor=${cursorOf(-1)}`, 'cursor'],
    ['risk/evidence?indicator=nonsense', 'indicator'],
    ['operations/projections/%00', 'name'],
    ['operations/projections/%00/parked', 'name'],
    ['operations/projections/directory/comparison%00', null],
  ])('answers 400 to %s, naming what is wrong (case 31)', async (query, field) => {
    const everybody = await here.world.person('everybody', [...TOKEN_ROLES]);
    const answer = problem(await settled(everybody.get(query)));
    expect(answer).toMatchObject(field === null ? { status: 404 } : { status: 400, code: 'malformed', errors: [{ field }] });
  });

  it.each([
    ['satisfaction/evidence', { indicator: 'nonsense', motive: 'Audit' }, '/indicator'],
    ['satisfaction/evidence', { indicator: 'responseRate', motive: 'Audit\u0000' }, '/motive'],
    ['satisfaction/evidence', { indicator: 'responseRate', motive: 'Audit\ud800' }, '/motive'],
    [`exchanges/${ANY_ID}/replay`, { motive: 'Audit\u0000' }, '/motive'],
  ])('answers 400 to POST %s %j (case 31)', async (path, body, field) => {
    const everybody = await here.world.person('everybody', [...TOKEN_ROLES]);
    const answer = problem(await settled(everybody.post(path, body)));
    expect([...new Set(answer.errors.map((error: { field: string }) => error.field))]).toEqual([field]);
  });

  it('answers no query, whatever its parameters, with a fault (case 31)', async () => {
    const everybody = await here.world.person('everybody', [...TOKEN_ROLES]);
    const strange = [
      '%00',
      'a%00b',
      '%1B',
      '-1',
      '9'.repeat(40),
      cursorOf(1),
      cursorOf('a', 'b'),
      cursorOf(0, 'a', 'b'),
      '%F0%9F%91%A9',
      "'",
    ];
    const faults: string[] = [];
    let sent = 0;
    for (const [path, item] of Object.entries(openApiDocument(here.world.api).paths))
      for (const { name, in: where } of (item.get?.parameters ?? []) as { name: string; in: string }[])
        for (const value of where === 'header' || path.includes('feeds') ? [] : strange) {
          const at = path.replace('{networkId}', here.world.networkId);
          const asked = where === 'path' ? at.replace(`{${name}}`, value) : `${at}?${name}=${value}`;
          const { status, body } = await everybody.get(asked.replace(/\{\w+\}/g, ANY_ID));
          // late, and going on, is no fault
          if (status >= 500 && status !== 504 && body.code !== 'under-way') faults.push(`${status} ${asked}`);
          sent += 1;
        }
    expect(faults).toEqual([]);
    expect(sent).toBeGreaterThan(400);
  });

  it('repeats no value that anybody sent, in no answer, log line or metric', () => expect(here.repeated()).toEqual([]));
});
