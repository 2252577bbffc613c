import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { runProgram } from '#testing/processes/other-process';
import type { CheckRun } from '../runner/check';

/** What a machine may be set to: two languages that sort and write otherwise, and the ends of the day. */
const MACHINES = [
  { LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8', TZ: 'UTC' },
  { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' },
  { LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8', TZ: 'Pacific/Kiritimati' },
  { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'UTC' },
] as const;

type Asked = Pick<CheckRun, 'seed' | 'signal' | 'progress' | 'node'>;

/** The same rounds on machines that are set otherwise, on this Node and on the one that is named: where they come to other bytes. */
export const roundsElsewhere = async (
  { seed, signal, progress, node }: Asked,
  how: 'as they are' | 'spoilt' = 'as they are',
): Promise<readonly string[]> => {
  const program = runProgram('test/checks/determinism/round-bytes', String(seed), ...(how === 'spoilt' ? [how] : []));
  const come: { readonly where: string; readonly bytes: string }[] = [];
  for (const path of [process.execPath, ...(node === undefined ? [] : [node])]) {
    const { stdout: version } = await promisify(execFile)(path, ['--version'], { signal });
    for (const machine of MACHINES) {
      const { stdout } = await promisify(execFile)(path, [...program], { signal, env: { ...process.env, ...machine } });
      come.push({ where: `Node ${version.trim()}, ${machine.LANG}, ${machine.TZ}`, bytes: stdout });
    }
  }
  const [first] = come;
  progress(`seed ${seed}: rounds in ${come.length} places, ${first?.bytes.slice(0, 12)}`);
  return come.flatMap(({ where, bytes }) => (bytes === first?.bytes ? [] : [`rounds of seed ${seed} come out otherwise on ${where}`]));
};
