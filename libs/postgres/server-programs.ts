import { spawn } from 'node:child_process';
import { totalmem } from 'node:os';
import type { ServerHome } from './server-home';

export interface Outcome {
  readonly ok: boolean;
  /** Both streams, for the classification of a failure. */
  readonly output: string;
}

/** Runs one of PostgreSQL's programs as the server's user, with nothing inherited that could steer it. */
const run = (program: string, args: readonly string[], { home, account }: ServerHome): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: home,
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...account,
    });
    let output = '';
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (fault) => resolve({ ok: false, output: String(fault) }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });

/** UTF8 always: with LANG unset a plain initdb would choose SQL_ASCII. */
export const initdb = (place: ServerHome, into: string, passwordFile: string, durable: boolean): Promise<Outcome> =>
  run(
    place.binaries.initdb,
    [
      `--pgdata=${into}`,
      '--username=savoirs',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(durable ? [] : ['--no-sync']),
    ],
    place,
  );

/**
 * Erased text must not come back from a recycled WAL file or from the log: no recycling, no values in the log. As each WAL file is a new
 * one, it is not filled with zeros first: commits would wait for that.
 */
const always: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  synchronous_commit: 'on',
  wal_recycle: 'off',
  wal_init_zero: 'off',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const MIB = 2 ** 20;

/**
 * A rebuild writes all over its indexes: with PostgreSQL's 128 MB of pages in memory, and a checkpoint each GB of its log, most of what it
 * writes are the same pages again and again.
 */
const roomy = (): Readonly<Record<string, string>> => {
  // A container's limit, where there is one.
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  return { shared_buffers: `${Math.min(Math.max(Math.floor(memory / MIB / 16), 128), 1_024)}MB`, max_wal_size: '4GB' };
};

export const startServer = (place: ServerHome, port: number, log: string, more: Readonly<Record<string, string>>): Promise<Outcome> => {
  const options = Object.entries({ ...always, ...roomy(), ...more, port: String(port) }).map(([name, value]) => `-c ${name}='${value}'`);
  return run(place.binaries.pgCtl, ['start', '-w', '-t', '600', '-D', place.data, '-l', log, '-o', options.join(' ')], place);
};

/** `fast` ends connections and writes a checkpoint; `immediate` is a crash that the next start recovers from. */
export const stopServer = (place: ServerHome, mode: 'fast' | 'immediate' = 'fast'): Promise<Outcome> =>
  run(place.binaries.pgCtl, ['stop', '-w', '-t', '120', '-m', mode, '-D', place.data], place);
