import { playedNetwork, type PlayedNetwork } from '../audit/looks/played-network.fixture';

interface Facts {
  readonly verdict: string;
  readonly matches: number;
  readonly unmatched: number;
  readonly differing: number;
  readonly inputHash: string;
  readonly inputHashAgain: string | null;
}

describe('savoirs match', () => {
  let here: PlayedNetwork;
  let round: string;
  const match = (...args: readonly string[]) => here.savoirs('match', ...args);
  const replay = (...args: readonly string[]) => here.savoirs('match', 'replay', ...args);
  /** What is recorded is altered, as no program does. */
  const altering = async (type: string, change: string, look: () => void): Promise<void> => {
    const { pool } = here.database;
    const of = 'where type = $1 and stream = $2';
    const { rows } = await pool.query<{ data: string }>(`select data from log.events ${of}`, [type, `round-${round}`]);
    await pool.query(`update log.events set data = ${change} ${of}`, [type, `round-${round}`]);
    look();
    await pool.query(`update log.events set data = $3 ${of}`, [type, `round-${round}`, rows[0]!.data]);
  };

  beforeAll(async () => {
    here = await playedNetwork();
    const { rows } = await here.database.pool.query<{ stream: string }>(
      `select stream from log.events where type = 'MatchesFound' order by position limit 1`,
    );
    round = rows[0]!.stream.slice('round-'.length);
  }, 120_000);
  afterAll(() => here.end());

  it('replays a round, says that it is the same, byte for byte, and ends with 0 (R18)', () => {
    const { status, stdout, stderr } = replay(round, '--output', 'json');
    const [facts] = JSON.parse(stdout) as [Facts];
    expect([status, facts.verdict, facts.differing]).toEqual([0, 'same', 0]);
    expect(facts.inputHashAgain).toBe(facts.inputHash);
    expect(facts.matches).toBeGreaterThan(0);
    expect(stderr).toMatch(/^The same, byte for byte: \d+ match(?:es)?, \d+ requests? left unmatched\.$/m);
  });

  it('says what differs in a replay, and ends with 1 (R18)', async () => {
    await altering('MatchingRoundCompleted', `replace(data, '"considered":{"offers":', '"considered":{"offers":1')`, () => {
      const { status, stderr } = replay(round);
      expect([status, stderr]).toEqual([
        1,
        expect.stringContaining('It comes out otherwise: 1 difference.\n- what is told as considered: found otherwise\n'),
      ]);
    });
  });

  it('says why a round cannot be compared, or that there is none, and ends with 65', async () => {
    await altering('MatchingRoundStarted', `replace(data, '"solverVersion":"', '"solverVersion":"former-')`, () => {
      const { status, stderr } = replay(round);
      expect([status, stderr]).toEqual([65, expect.stringMatching(/^Not to be compared: former-\S+ made it, and this is \S+\./m)]);
    });
    expect(replay('0192f0c1-0000-7000-8000-00000000000f')).toMatchObject({ status: 65, stderr: 'There is no such round in this log.\n' });
    expect(replay('it')).toMatchObject({ status: 64, stderr: 'Name a round by its id: a UUID.\n' });
  });

  it('explains a round: gates in rows and in sentences, then matches, then what was left (R18)', () => {
    const gates = match('explain', round, '--output', 'json');
    expect(gates.status).toBe(0);
    expect((JSON.parse(gates.stdout) as { gate: string }[]).map(({ gate }) => gate)).toEqual([
      ...['half-days', 'place', 'level', 'capacity', 'resting-pairs', 'smallest-group'],
    ]);
    expect(gates.stderr).toMatch(/^It serves \d+ requests?/m);
    const matches = match('explain', round, '--of', 'matches', '--output', 'csv').stdout.trim().split('\n');
    expect(matches[0]).toBe('matchId,requestId,offerId,score,decided,nextBest,itsScore');
    const left = JSON.parse(match('explain', round, '--of', 'requests', '--output', 'json').stdout) as { remedy: string }[];
    const [facts] = JSON.parse(replay(round, '--output', 'json').stdout) as [Facts];
    expect([matches.length - 1 >= facts.matches, left.length]).toEqual([true, facts.unmatched]);
    expect(match('explain', '0192f0c1-0000-7000-8000-00000000000f')).toMatchObject({
      status: 65,
      stderr: 'There is no such round in this log.\n',
    });
    expect(match('explain', round, '--of', 'people')).toMatchObject({
      status: 64,
      stderr: '--of must be one of gates, matches, requests.\n',
    });
  });

  it('tells where givers lack, in a recorded round and now (R18)', () => {
    const columns = 'topicUri,topic,level,language,waiting,givers,moreGivers,wouldServe';
    for (const of of [
      ['--round', round],
      ['--network', here.network],
    ]) {
      const { status, stdout } = match('scarcity', ...of, '--output', 'csv');
      expect([status, stdout.split('\n')[0]]).toEqual([0, columns]);
      expect(stdout.trim().split('\n').length).toBeGreaterThan(1);
    }
    const sentence = 'Name a network by --network, or a recorded round by --round.\n';
    expect(match('scarcity')).toMatchObject({ status: 64, stderr: sentence });
    const nowhere = '0192f0c1-0000-7000-8000-00000000000f';
    expect(match('scarcity', '--network', nowhere)).toMatchObject({ status: 65, stderr: `There is no network ${nowhere} here.\n` });
  });
});
