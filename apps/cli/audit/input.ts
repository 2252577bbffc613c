import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { badData } from '../usage';

/** A file's text, or with `-` that of stdin. @throws CliProblem that names the option or argument, and not the path */
export const textOf = (what: string, path: string): Promise<string> =>
  (path === '-' ? text(process.stdin) : readFile(path, 'utf8')).catch(() => {
    throw badData(`${what} names a file that cannot be read.`);
  });
