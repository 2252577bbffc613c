import { isLostServer } from './lost-server';
import { codeOf, isSqlState } from './sql-state';

/** Why the database cannot be used; each has one exit code (docs/exit-codes.md, after BSD's sysexits). */
export const exitCodes = {
  'bad-database-url': 78,
  'wrong-credentials': 78,
  'no-such-database': 78,
  'not-utf8': 78,
  'server-too-old': 78,
  'unsupported-platform': 78,
  'other-major-version': 78,
  'not-a-folder': 78,
  'damaged-folder': 65,
  'server-unreachable': 75,
  'folder-busy': 75,
  'server-failed': 70,
  'disk-full': 74,
  'no-permission': 77,
} as const;

export type StartFailureCode = keyof typeof exitCodes;

/** A fault at the start, told in one sentence to whoever starts Savoirs. Never carries a password or personal data. */
export class StartFailure extends Error {
  readonly exitCode: number;

  constructor(
    readonly code: StartFailureCode,
    sentence: string,
    options?: ErrorOptions,
  ) {
    super(sentence, options);
    this.name = 'StartFailure';
    this.exitCode = exitCodes[code];
  }
}

/** The file system's refusals, as sentences; anything else is passed on unchanged. */
export const fromFileSystem = (fault: unknown, folder: string): unknown => {
  const code = codeOf(fault);
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, fault);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new StartFailure('no-permission', `The data folder ${folder} cannot be written by this user.`, { cause: fault });
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return new StartFailure('not-a-folder', `SAVOIRS_DATA must name a folder: ${folder} cannot be one.`, { cause: fault });
  return fault;
};

export const diskFull = (folder: string, cause?: unknown): StartFailure =>
  new StartFailure('disk-full', `The disk that holds ${folder} is full: make room, then start again.`, { cause });

/** It has its own sentence and exit code, whatever caused it. */
const isTold = (fault: unknown): boolean => fault instanceof Error && 'exitCode' in fault;

/** A database that went away under a program that starts, told as such: starting again helps. Anything else is passed on unchanged. */
export const fromLostServer = (fault: unknown): unknown =>
  isLostServer(fault) && !isSqlState(fault, 'diskFull') && !isTold(fault)
    ? new StartFailure('server-unreachable', 'The database went away: start again; it helps once the database is back.', { cause: fault })
    : fault;
