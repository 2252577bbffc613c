import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#testing/processes/free-port';
import { killAll, startChild } from '../harness/child';

const root = join(__dirname, '../../..');

const LONGEST_MS = 120_000;

interface Block {
  readonly line: number;
  /** A feed goes on until whoever reads it stops. */
  readonly isLive: boolean;
  readonly text: string;
}

/** A walk, which shows what is told, has a test of its own (test/docs/auditor-walk.spec.ts): of it the lines are left, to count by. */
const withoutWalk = (guide: string): string => guide.replace(/^## The walk.*?(?=^## )/ms, (walk) => walk.replace(/.+/g, ''));

const blocksOf = (guide: string): readonly Block[] => {
  const text = withoutWalk(readFileSync(join(root, 'docs/guides', `${guide}.md`), 'utf8'));
  return [...text.matchAll(/^```sh( live)?\n([^]*?)^```$/gm)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length + 1,
    isLive: match[1] !== undefined,
    text: match[2]!,
  }));
};

/** One shell for a whole guide, as whoever follows it has; each command that fails is told by the line of its block. */
const scriptOf = (blocks: readonly Block[]): string =>
  [
    'set -uE -o pipefail',
    `trap 'echo "line $at: $BASH_COMMAND gave $?" >&3' ERR`,
    ...blocks.map(({ line, isLive, text }) => `at=${line}\nexport CURL_HOME=$HOME/${isLive ? 'live' : 'asking'}\n${text}`),
  ].join('\n');

/** In the folder where a newcomer stands: the project, with `.savoirs` in it. */
describe('the guides, command by command, on a demo (case 45)', () => {
  let here: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    here = mkdtempSync(join(tmpdir(), 'savoirs-guides-'));
    for (const name of ['bin', 'node_modules', 'package.json']) symlinkSync(join(root, name), join(here, name));
    // a refusal ends curl with a code; what goes on for ever is read for two seconds
    for (const [name, rules] of [
      ['asking', 'fail-with-body'],
      ['live', 'fail-with-body\nmax-time = 2'],
    ] as const) {
      mkdirSync(join(here, name));
      writeFileSync(join(here, name, '.curlrc'), `${rules}\n`);
    }
    const { PATH = '' } = process.env;
    env = { PATH, HOME: here, SAVOIRS_DATA: join(here, '.savoirs') };
    await startChild('apps/api/start.js', { ...env, PORT: String(await freePort()) }, ['--members', '40', '--months', '3']).says(
      /started again/,
    );
  });
  afterAll(async () => {
    await killAll();
    rmSync(here, { recursive: true, force: true });
  });

  it.each(['facilitator', 'member', 'hr', 'auditor', 'dashboard-developer'])('the %s’s guide does what it says', (guide) => {
    const blocks = blocksOf(guide);
    expect(blocks.length).toBeGreaterThan(1);
    const { output, signal } = spawnSync('bash', ['-c', scriptOf(blocks)], {
      cwd: here,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      // what a guide waits for may not come
      timeout: LONGEST_MS,
    });
    expect({ signal, stdout: signal && output[1]!.slice(-2_000) }).toEqual({ signal: null, stdout: null });
    const [, stdout, stderr, failed] = output;
    const wrong = failed!.split('\n').filter((line) => line !== '' && !/(curl -sN .*|tail -n 1\)?) gave 28$/.test(line));
    expect({ wrong, stderr: wrong.length > 0 ? `${stdout}\n${stderr}`.slice(-2_000) : '' }).toEqual({ wrong: [], stderr: '' });
  });
});
