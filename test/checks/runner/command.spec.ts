import type { Check, CheckRun } from './check';
import { checks } from '../checks';
import { runChecks } from './command';

/** Fails where its schedule holds the number 7. */
const check: Check = {
  name: 'sevens',
  about: 'nothing is seven; count: numbers',
  defaultCount: 10,
  logs: ['postgres', 'memory'],
  sizes: { members: 12 },
  run: ({ seed, count }) => {
    const sevens = Array.from({ length: count }, (_, n) => seed + n).filter((number) => number === 7).length;
    return Promise.resolve({ counts: { sevens }, figures: { looked: count }, findings: sevens > 0 ? ['there is a seven'] : [] });
  },
  selfTest: () =>
    Promise.resolve([
      { bug: 'a seven is passed over', caughtBy: ['sevens'] },
      { bug: 'nobody looks', caughtBy: [] },
    ]),
};

const call = async (line: string, among: readonly Check[] = [check]) => {
  const [said, printed]: [string[], string[]] = [[], []];
  const out = { say: (text: string) => void said.push(text), print: (text: string) => void printed.push(text) };
  const code = await runChecks(line.split(' ').filter(Boolean), { checks: among, out });
  return { code, said, printed };
};

describe('the grammar of checks', () => {
  it('lists what there is', async () => {
    const { code, printed } = await call('list', checks);
    expect(code).toBe(0);
    expect(printed.map((line) => line.split('\t')[0])).toEqual(checks.map(({ name }) => name));
  });

  it.each([
    ['', 'Give the name of one'],
    ['eights', 'There is no check "eights": there are sevens'],
    ['sevens eights', 'Give one name'],
    ['sevens --count 0', '--count must be a whole number'],
    ['sevens --count many', '--count must be a whole number'],
    ['sevens --seed -3', "Option '--seed' argument is ambiguous"],
    ['sevens --speed 3', "Unknown option '--speed'"],
    ['sevens --log paper', 'runs with --log postgres or memory, not "paper"'],
  ])('answers "%s" with one sentence and exit code 64', async (line, sentence) => {
    const { code, said, printed } = await call(line);
    expect({ code, lines: said.length, printed }).toEqual({ code: 64, lines: 1, printed: [] });
    expect(said[0]).toContain(sentence);
    expect(said[0]).not.toContain('\n');
  });

  it('refuses an option of another check', async () => {
    const { code, said } = await call('sevens --months 3', [check, { ...check, name: 'months', sizes: { months: 1 } }]);
    expect([code, said.length, said[0]]).toEqual([64, 1, expect.stringContaining('"sevens" has no option --months')]);
  });

  it('gives the result as one line of JSON, last on stdout', async () => {
    const { code, printed } = await call('sevens --seed 8 --count 3 --members 5 --log memory');
    const line = { check: 'sevens', seed: 8, count: 3, log: 'memory', members: 5, sevens: 0, looked: 3, passed: true };
    expect([code, printed]).toEqual([0, [JSON.stringify(line)]]);
  });

  it('fails with exit code 1, and finds the shortest schedule that fails', async () => {
    const { code, said, printed } = await call('sevens --seed 1 --count 20');
    const result = JSON.parse(printed.at(-1)!);
    expect([code, result]).toMatchObject([1, { seed: 1, count: 20, sevens: 1, passed: false }]);
    expect(result.again).toBe('--seed 7 --count 1 --members 12 --log postgres');
    expect(said).toContain('  there is a seven');
    expect((await call(`sevens ${result.again}`)).code).toBe(1);
  });

  it('tries the steps alone that failed before it halves a schedule', async () => {
    const pointing: Check = { ...check, run: async (run) => ({ ...(await check.run(run)), suspects: [7] }) };
    const { said, printed } = await call('sevens --seed 1 --count 20', [pointing]);
    expect(JSON.parse(printed.at(-1)!).again).toBe('--seed 7 --count 1 --members 12 --log postgres');
    expect(said.filter((line) => line.startsWith('looking'))).toHaveLength(1);
  });

  it('runs on real servers where their settings are given, and else says which is missing, with exit code 78', async () => {
    const real = { defaultCount: 3, missing: () => 'SEVENS is not set.', run: check.run };
    expect(await call('sevens --real', [{ ...check, real }])).toEqual({ code: 78, said: ['SEVENS is not set.'], printed: [] });
    const { code, printed } = await call('sevens --real', [{ ...check, real: { ...real, missing: () => undefined } }]);
    expect([code, JSON.parse(printed[0]!)]).toMatchObject([0, { count: 3, real: true, passed: true }]);
    expect((await call('sevens --real')).code).toBe(64);
  });

  it('looks for no shorter schedule where real servers failed: they would not fail alike', async () => {
    const real = { defaultCount: 3, missing: () => undefined, run: check.run };
    const { code, said, printed } = await call('sevens --real --count 20', [{ ...check, real }]);
    expect([code, JSON.parse(printed[0]!)]).toMatchObject([1, { sevens: 1, real: true, passed: false }]);
    expect(JSON.parse(printed[0]!)).not.toHaveProperty('again');
    expect(said).toEqual(['  there is a seven']);
  });

  it('fails its self-test where a planted bug was not caught', async () => {
    const { code, printed } = await call('sevens --self-test');
    expect([code, JSON.parse(printed[0]!)]).toMatchObject([1, { selfTest: true, planted: 2, missed: ['nobody looks'], passed: false }]);
  });

  it('can be interrupted: it cleans up, and ends with 130', async () => {
    const waiting: Check = {
      ...check,
      run: ({ signal }: CheckRun) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('cleaned up')));
          process.emit('SIGINT');
        }),
    };
    expect(await call('sevens', [waiting])).toEqual({ code: 130, said: ['interrupted: cleaning up'], printed: [] });
  });

  it('has not passed where it was interrupted, though nothing was wrong so far', async () => {
    const cutShort: Check = { ...check, run: async (run: CheckRun) => (process.emit('SIGINT'), check.run({ ...run, count: 1 })) };
    const { code, printed } = await call('sevens --count 3', [cutShort]);
    expect([code, JSON.parse(printed[0]!)]).toMatchObject([130, { sevens: 0, interrupted: true, passed: false }]);
    const unread: Check = { ...check, selfTest: async () => (process.emit('SIGINT'), [{ bug: 'found first', caughtBy: ['sevens'] }]) };
    const selfTest = await call('sevens --self-test', [unread]);
    expect([selfTest.code, JSON.parse(selfTest.printed[0]!)]).toMatchObject([130, { missed: [], interrupted: true, passed: false }]);
  });
});
