import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JSON_FUNCTION } from '#apps/api/start/introduce';
import { playedNetwork, type PlayedNetwork } from '#apps/cli/audit/looks/played-network.fixture';
import { runSource } from '#testing/processes/other-process';

// each command is a process of its own
jest.setTimeout(300_000);

const root = join(__dirname, '..', '..');
const GUIDE = readFileSync(join(root, 'docs/guides/auditor.md'), 'utf8');
const [, WALK = ''] = /^## The walk(.*?)^## /ms.exec(GUIDE) ?? [];

interface Stop {
  readonly name: string;
  readonly commands: string;
  readonly told: string;
}

/** What the guide says to type, and what it says is told. */
const STOPS: readonly Stop[] = [...WALK.matchAll(/```sh\n((?:(?!```).)*)```\n\n```text\n(.*?)```/gs)].map(
  ([, commands = '', told = '']) => ({
    name: commands.split('\n')[0]!,
    commands,
    told,
  }),
);

/** Ids, hashes and numbers are others each time; the words, the order and the lines are not. */
const shapeOf = (told: string): string =>
  told
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'ID')
    .replace(/savoirs\/[0-9a-f]{16}/g, 'LOG')
    .replace(/\d+/g, 'N');

const isHere = (program: string): boolean => spawnSync(program, ['version']).error === undefined;
/** What a machine may lack: then the shell, or Go, says so, and nothing is told. */
const LACKED = [
  ...(isHere('python3') ? [] : ['python3']),
  ...(isHere('go') && existsSync('/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog') ? [] : ['go']),
];
const isLacked = ({ commands }: Stop): boolean => LACKED.some((program) => new RegExp(`(^| )${program} `, 'm').test(commands));

describe('the walk in the auditor’s guide', () => {
  let here: PlayedNetwork;
  let shell: string;

  beforeAll(async () => {
    here = await playedNetwork();
    symlinkSync(join(root, 'test'), join(here.folder, 'test'));
    writeFileSync(join(here.folder, 'state'), '');
    const savoirs = runSource(join(root, 'apps/cli/main.ts')).map((word) => `'${word}'`);
    shell = [
      'source ./state',
      `BASE=http://127.0.0.1/networks/${here.network}`,
      JSON_FUNCTION,
      `npx() { shift; '${process.execPath}' ${savoirs.join(' ')} "$@"; }`,
      "trap 'declare -p EXCHANGE > state 2> /dev/null || true' EXIT",
      '',
    ].join('\n');
  });
  afterAll(() => here.end());

  it('has seven stations', () => {
    expect(WALK.match(/^\*\*\d\. /gm)).toEqual(['**1. ', '**2. ', '**3. ', '**4. ', '**5. ', '**6. ', '**7. ']);
    expect(STOPS.length).toBeGreaterThan(7);
  });

  it.each(STOPS)('tells what the guide shows: $name', async (stop) => {
    await here.follow();
    const env = { PATH: process.env['PATH'], HOME: here.folder, ...here.settings };
    const { stdout, stderr } = spawnSync('bash', ['-c', `exec 2>&1\n${shell}${stop.commands}`], {
      cwd: here.folder,
      env,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    if (isLacked(stop)) expect(stdout).toMatch(/command not found|cannot find package/);
    else expect(shapeOf(stdout)).toBe(shapeOf(stop.told));
  });
});
