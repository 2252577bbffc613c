import { playedNetwork, type PlayedNetwork } from './played-network.fixture';

interface Step {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly recordedAt: string;
}
interface Replayed {
  readonly networkId: string;
  readonly revision: number | null;
  readonly exchange: { readonly status: string; readonly timeline: readonly unknown[] } | null;
  readonly people: readonly { readonly memberId: string; readonly name?: string | null }[];
  readonly steps: readonly Step[];
  readonly difference: { readonly fields: readonly { readonly field: string }[] } | null;
}
type Access = Readonly<Record<'role' | 'by' | 'purpose' | 'subject' | 'motive', string>>;

const nobody = '0192f0c1-0000-7000-8000-00000000000f';

describe('an auditor at the command line (§7)', () => {
  let here: PlayedNetwork;
  let network: string;
  let exchange: string;

  const savoirs = (...args: readonly string[]) => here.savoirs(...args);
  const why = ['--by', 'rose', '--motive', 'Contrôle annuel'];
  const replay = (...more: readonly string[]): Replayed => {
    const { status, stdout, stderr } = savoirs('audit', 'exchange', exchange, ...why, '--output', 'json', ...more);
    expect([status, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as Replayed;
  };

  beforeAll(async () => {
    here = await playedNetwork();
    ({ network, exchange } = here);
  }, 120_000);
  afterAll(() => here.end());

  it('replays an exchange over all its histories, as of a version, a place or a date, and what differs', () => {
    const now = replay();
    expect(now.exchange?.status).toMatch(/^(?:held|closed)$/);
    for (const category of ['member', 'offer', 'request', 'match', 'exchange'])
      expect(now.steps.some(({ stream }) => stream.startsWith(`${category}-`))).toBe(true);
    const agreed = now.steps.find(({ type }) => type === 'ExchangeAgreed')!;
    for (const moment of ['v0', agreed.position]) {
      const then = replay('--as-of', moment, '--diff', '1');
      expect([moment, then.revision, then.exchange?.status]).toEqual([moment, 0, 'agreed']);
      expect(then.difference?.fields.map(({ field }) => field)).toContain('status');
    }
  });

  it('writes it as a table with causes, as lines, and as a page that runs nothing', () => {
    const { steps } = replay();
    const [table, csv, page] = ['table', 'csv', 'html'].map(
      (form) => savoirs('audit', 'exchange', exchange, ...why, '--output', form).stdout,
    );
    expect(table).toMatch(/(?:held|closed), version \d+/);
    expect(table).toMatch(/│ [· ]+ExchangeAgreed +│ exchange [0-9a-f]{8} │ system +│ after \d+/);
    expect(csv!.trimEnd().split('\n')).toHaveLength(steps.length + 1);
    expect(page).toContain('<h1>Échange rejoué</h1>');
    expect(page).not.toMatch(/<script|\ssrc=/);
  });

  it('tells names with a motive of their own alone', () => {
    expect(replay().people.every((person) => !('name' in person))).toBe(true);
    const { people } = replay('--names', 'Convocation');
    expect(people.every(({ name }) => typeof name === 'string' && name.length > 1)).toBe(true);
  });

  it('opens an event that an answer names', () => {
    const step = replay().steps.find(({ type }) => type === 'MemberEnrolled')!;
    const { status, stdout } = savoirs('audit', 'event', step.eventId, ...why, '--output', 'json');
    const { type, stream, revision } = JSON.parse(stdout) as Step;
    expect([status, type, stream, revision]).toEqual([0, 'MemberEnrolled', step.stream, step.revision]);
    expect(savoirs('audit', 'event', step.eventId, ...why).stdout).toMatch(/│ data\.capacity +│ \d/);
  });

  it('leaves of each look who looked, at what and why', async () => {
    await here.follow();
    const list = (...more: readonly string[]) => savoirs('audit', 'access', '--network', network, '--output', 'json', ...more);
    // the demo's own looks came before
    const looks = (JSON.parse(list('--limit', '1000').stdout) as Access[]).filter(({ role }) => role === 'auditor');
    const kinds = new Set(looks.map(({ role, purpose, motive }) => `${role} ${purpose} ${motive}`));
    expect([...kinds].sort()).toEqual(['auditor audit Contrôle annuel', 'auditor identity Convocation']);
    expect(new Set(looks.map(({ by }) => by)).size).toBe(1);
    const first = list('--limit', '2');
    expect(JSON.parse(first.stdout)).toEqual(looks.slice(0, 2));
    const cursor = /--cursor (\S+)/.exec(first.stderr)![1]!;
    expect(JSON.parse(list('--limit', '2', '--cursor', cursor).stdout)).toEqual(looks.slice(2, 4));
    const ofExchange = JSON.parse(list('--subject', `exchange-${exchange}`).stdout) as Access[];
    expect(ofExchange.every(({ subject }) => subject === `exchange-${exchange}`)).toBe(true);
  });

  it('is told in one sentence what cannot be', () => {
    for (const [args, code, sentence] of [
      [['exchange', exchange, '--by', 'rose'], 64, /--motive/],
      [['exchange', exchange, '--by', 'rose', '--motive', ' a '], 64, /--motive must say why/],
      [['exchange', nobody, ...why], 65, /There is no such exchange/],
      [['exchange', exchange, ...why, '--as-of', '2020-01-01'], 65, /Nothing was there yet/],
      [['exchange', exchange, ...why, '--output', 'xml'], 64, /table, json, csv, html/],
      [['event', nobody, ...why], 65, /There is no such event/],
      [['access', '--network', nobody], 65, /There is no network/],
    ] as const) {
      const { status, stdout, stderr } = savoirs('audit', ...args);
      expect([status, stdout, stderr.trim().split('\n')]).toEqual([code, '', [expect.stringMatching(sentence)]]);
    }
  });
});
