import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from '#audit/bundle/bundle';
import { playedNetwork, type PlayedNetwork } from './played-network.fixture';

// each command is a process of its own
jest.setTimeout(300_000);

const nobody = '0192f0c1-0000-7000-8000-00000000000f';
const why = ['--by', 'rose', '--motive', 'Contrôle annuel'];

describe('evidence of an exchange in one file (§7)', () => {
  let here: PlayedNetwork;
  let file: string;
  beforeAll(async () => {
    here = await playedNetwork();
    file = join(here.folder, 'evidence.json');
  });
  afterAll(() => here.end());
  const savoirs = (...args: readonly string[]) => here.savoirs('audit', ...args);
  const bundleIn = (path: string): Bundle => JSON.parse(readFileSync(path, 'utf8')) as Bundle;

  it('has all events that a replay lists, under the names of who signed, and is checked offline', () => {
    const own = ['--folder', join(here.folder, 'witness'), '--name', 'witness.example'];
    const [request, lines] = ['request', 'lines'].map((name) => join(here.folder, name)) as [string, string];
    const [key, witness] = [savoirs('key').stdout.trim(), savoirs('witness', ...own, '--key').stdout.trim()];
    savoirs('checkpoint');
    writeFileSync(request, savoirs('consistency', '--from', '0').stdout);
    writeFileSync(lines, savoirs('witness', request, ...own, '--log', key).stdout);
    here.settings['SAVOIRS_AUDIT_WITNESSES'] = witness;
    expect(savoirs('cosign', lines).status).toBe(0);
    const { status, stderr } = savoirs('export', here.exchange, file, ...why);
    const { events, versions } = bundleIn(file);
    const histories = new Set(events.map(({ stream }) => stream)).size;
    expect([status, stderr]).toEqual([0, `${events.length} events of ${histories} histories: check it by savoirs audit verify.\n`]);
    expect(Object.keys(versions.schemas)).toEqual(expect.arrayContaining(['MemberEnrolled', 'MatchProposed', 'ExchangeAgreed']));
    expect(versions.policies.length).toBeGreaterThan(0);
    const listed = savoirs('exchange', here.exchange, ...why, '--output', 'json').stdout;
    const { steps } = JSON.parse(listed) as { readonly steps: readonly { readonly eventId: string }[] };
    expect(events.map(({ id }) => id)).toEqual(steps.map(({ eventId }) => eventId));
    here.settings['DATABASE_URL'] = 'postgresql://nowhere.invalid/none';
    expect(savoirs('verify', file, '--key', key, '--witness', witness)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^This proves that \d+ events \(of \d+, the data is withheld\) of [^\n]*by witness\.example too[^\n]*\n$/,
      ),
    });
    here.settings['DATABASE_URL'] = here.database.url;
  });

  it('takes no letter that was changed', () => {
    const agreed = bundleIn(file).events.find(({ type }) => type === 'ExchangeAgreed')!;
    const altered = join(here.folder, 'altered.json');
    writeFileSync(
      altered,
      readFileSync(file, 'utf8').replace(
        agreed.id,
        agreed.id.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      ),
    );
    expect(savoirs('verify', altered)).toMatchObject({
      ...{ status: 1, stdout: '' },
      stderr: expect.stringMatching(/^This proves nothing: events\[\d+\]: is not in the tree[^\n]*\n$/),
    });
  });

  it('is refused in one sentence', () => {
    for (const [args, code, sentence] of [
      [[here.exchange, file, '--by', 'rose'], 64, /--motive/],
      [[here.exchange, ...why], 64, /Missing required argument 'file'/],
      [[here.exchange, file, ...why], 65, /is there already/],
      [[nobody, file, ...why], 65, /There is no such exchange/],
    ] as const) {
      const { status, stdout, stderr } = savoirs('export', ...args);
      expect([status, stdout, stderr.trim().split('\n')]).toEqual([code, '', [expect.stringMatching(sentence)]]);
    }
  });
});
