import { spawn } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Of the repository, from the sources and from `dist`. */
const verifierFile = (name: string): string => {
  const here = join(__dirname, '..', '..', 'verifiers', name);
  return existsSync(here) ? here : join(__dirname, '..', '..', '..', '..', 'test', 'verifiers', name);
};

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
}

/** Null: there is no such program here. */
export const ran = (program: string, args: readonly string[], { input = '', env = process.env } = {}): Promise<Ended | null> =>
  new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
    let stdout = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve({ code, stdout }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });

/** Reads paths from stdin, and answers for each in a line. */
interface LineProgram {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

export const python: LineProgram = { name: 'Python', program: 'python3', args: [verifierFile('verify.py'), '--lines'] };
/** What a browser runs, in Node, which still calls its Ed25519 an experiment. */
export const site: LineProgram = {
  name: 'the site’s',
  program: process.execPath,
  args: ['--no-warnings', verifierFile('site.js')],
};

/** What a program says of each file; null: there is no such program here. @throws where it comes to no end */
export const answersOf = async ({ name, program, args }: LineProgram, paths: readonly string[]): Promise<readonly string[] | null> => {
  const ended = await ran(program, args, { input: paths.join('\n') });
  if (ended === null) return null;
  const answers = ended.stdout.trimEnd().split('\n');
  if (ended.code !== 0 || answers.length !== paths.length)
    throw new Error(`${name} answered for ${answers.length} of ${paths.length} files`);
  return answers;
};

const GO_PATH = '/usr/share/gocode';

/** A program in Go, built in a folder: its path. Null: there is no Go here, or not its packages. */
export const goProgram = async (source: string, folder: string): Promise<string | null> => {
  if (!existsSync(join(GO_PATH, 'src/golang.org/x/mod/sumdb/tlog'))) return null;
  const [copy, program] = [join(folder, basename(source)), join(folder, basename(source, '.go'))];
  await copyFile(source, copy);
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: GO_PATH, GOCACHE: join(folder, 'cache'), GOFLAGS: '' };
  const built = await ran('go', ['build', '-o', program, copy], { env });
  if (built === null) return null;
  if (built.code !== 0) throw new Error('the verifier in Go was not built');
  return program;
};

/** test/verifiers/verify.go, built in a folder: key and tiles in, its one line out. Null: there is no Go here, or not its packages. */
export const goVerifier = async (folder: string): Promise<((key: string, tiles: string) => Promise<string>) | null> => {
  const program = await goProgram(verifierFile('verify.go'), folder);
  return program === null ? null : async (key, tiles) => (await ran(program, [key, tiles]))?.stdout.trim() ?? 'did not run';
};
