import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roundRunnerOf } from '#application/application.module';
import type { Replay } from '#application/round/replay';
import { roundIdOf } from '#application/round/round-runner';
import type { MemberId, NetworkId, RoundId } from '#domain/ids';
import type { CommandId, Instant } from '#kernel/id';
import { uuidV5 } from '#uuid/uuid-v5';
import { START } from '#event-store/log.port';
import type { RoundWatch } from '#application/round-runner.port';
import { matchingPool } from '#projections/matching-pool/matching-pool.projection';
import { clearTexts } from '#read-store/personal-text/postgres-clear-texts';
import { quotedTable } from '#read-store/tables/table-names';
import { asFacilitator } from '#testing/people';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { openForDemo } from '../../demo/open-for-demo';
import { playDemo } from '../../demo/play-demo';
import type { Installation } from '../installation';
import { readSettings } from '../settings';

jest.setTimeout(180_000);

const watch: RoundWatch = { signal: new AbortController().signal, enter: async () => undefined };
const commandId = (name: string) => uuidV5('0192f0c1-0000-7000-8000-000000000000', name) as CommandId;

describe('A round of a network that lives', () => {
  let database: TestDatabase;
  let installation: Installation;
  let networkId: NetworkId;
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-rounds-'));

  beforeAll(async () => {
    database = await testDatabase();
    installation = await openForDemo(readSettings({ DATABASE_URL: database.url, SAVOIRS_DATA: folder, SAVOIRS_AS_OF_VERSIONS: '100' }), {
      warn: () => undefined,
    });
    const until = '2026-06-01T00:00:00.000Z' as Instant;
    networkId = (await playDemo(installation, { members: 24, months: 2, seed: 5, until })).networkId;
  });
  afterAll(async () => {
    await installation.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const rounds = async (): Promise<readonly RoundId[]> => {
    const found: RoundId[] = [];
    for await (const { stream } of installation.log.readAll({ after: START, filter: { types: ['MatchingRoundCompleted'] } }))
      found.push(stream.slice('round-'.length) as RoundId);
    return found;
  };
  const runner = () => roundRunnerOf(installation.ports, installation.application.dispatcher);
  const replay = async (roundId: RoundId): Promise<Replay> => (await runner().replay(roundId, watch))!;
  const drained = async (): Promise<void> => {
    const runtime = await installation.startRuntime({ mode: 'driven' });
    await runtime.drain();
    await runtime.stop();
  };
  const run = async (name: string): Promise<RoundId> => {
    const envelope = { networkId, by: asFacilitator(), commandId: commandId(name) };
    expect(await runner().run({ envelope, options: { seed: 3 } }, watch)).toMatchObject({ outcome: 'done' });
    return roundIdOf(envelope);
  };

  it('comes out the same again from the log alone, however long ago it ran (R18)', async () => {
    const all = await rounds();
    const replays = await Promise.all(all.map(replay));
    expect(replays.map(({ verdict }) => verdict)).toEqual(all.map(() => 'same'));
    expect(replays.some(({ found }) => found.matches > 0)).toBe(true);
  });

  it('comes out the same again where a pair was forbidden after the last thing it read, and is no more (R18)', async () => {
    const { offers } = (await installation.ports.roundInputs.freeze(networkId, installation.clock.now()))!.inputs;
    const pair = [offers[0]!.memberId, offers.at(-1)!.memberId] as const;
    const give = (type: 'ForbidPair' | 'LiftPair', name: string) =>
      installation.application.dispatcher.dispatch({ type, data: { networkId, pair, reason: 'Un différend' } } as never, {
        ...{ networkId, by: asFacilitator(), commandId: commandId(name) },
      });
    expect(await give('ForbidPair', 'forbid')).toMatchObject({ outcome: 'done' });
    const roundId = await run('beside a pair');
    expect(await give('LiftPair', 'lift')).toMatchObject({ outcome: 'done' });
    await drained();
    expect(await replay(roundId)).toMatchObject({ verdict: 'same' });
  });

  it('says how many of its words were erased since (R18, R19)', async () => {
    const roundId = await run('before an erasure');
    const { rows } = await database.pool.query<{ owner: string; entries: number }>(
      `select t.owner, count(*)::int as entries from read.personal_text t join ${quotedTable(matchingPool)} p on p.topic_ref = t.ref
       where p.in_round and p.row::json ->> 'topicUri' is null group by t.owner order by 2 desc, 1 limit 1`,
    );
    const { owner, entries } = rows[0]!;
    await clearTexts(database.pool).erase({ network: networkId, members: [owner as MemberId], streams: [] });
    expect(await replay(roundId)).toMatchObject({ verdict: 'inputs-erased', erased: entries, differing: 0 });
  });
});
