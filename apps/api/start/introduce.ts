import { chmodSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { NetworkId } from '#domain/ids';
import type { Settings } from '../../installation/settings';
import type { PersonRole } from '../auth/access';
import { developmentIdentities } from '../auth/development-identities';
import type { Cast } from './cast';

const variableOf = (role: PersonRole): string => `TOKEN_${role.toUpperCase().replaceAll('-', '_')}`;

/** From where the person stands, if it lies below. */
const shownPath = (path: string): string => {
  const near = relative(process.cwd(), path);
  const shown = near.startsWith('..') || isAbsolute(near) ? path : near;
  return /^[\w./-]+$/.test(shown) ? shown : `'${shown}'`;
};

export interface Found {
  readonly cast: Cast;
  readonly isOpen: boolean;
  /** Networks beside the cast's. */
  readonly others: readonly NetworkId[];
}

/** A shell reads it; nobody but its owner does. */
const writeTokens = async (settings: Settings, url: string, { cast: { networkId, players }, others }: Found): Promise<string> => {
  const identities = await developmentIdentities(settings);
  const tokens = players.map(async ({ role, subject, claims }) => {
    return `${variableOf(role)}=${await identities.token(subject, Object.fromEntries([networkId, ...others].map((id) => [id, claims])))}`;
  });
  const path = join(settings.folder, 'tokens.env');
  writeFileSync(path, [`NETWORK=${url}/networks/${networkId}`, ...(await Promise.all(tokens)), ''].join('\n'), { mode: 0o600 });
  chmodSync(path, 0o600);
  return shownPath(path);
};

const request = (role: PersonRole, path: string, more = ''): string =>
  `  curl -s -H "Authorization: Bearer $${variableOf(role)}" ${more}"$NETWORK${path}"`;

const toTry = (isOpen: boolean): readonly string[] =>
  isOpen
    ? [request('member', '/directory?kind=offer&limit=5'), request('facilitator', '/match-queue?limit=5'), request('network-lead', '/risk')]
    : [
        request('network-lead', '', `-H "Content-Type: application/json" -d '{"label":"My network"}' `),
        request('network-lead', ''),
        request('member', '/directory?limit=5'),
      ];

/** What a newcomer reads once it runs: where, as whom, and three lines to paste. */
export const introduce = async (settings: Settings, url: string, found: Found): Promise<readonly string[]> => {
  const { cast, isOpen, others } = found;
  const tokens = await writeTokens(settings, url, found);
  const width = Math.max(...cast.players.map(({ role }) => variableOf(role).length));
  return [
    `Savoirs is ready at ${url}; to read about its API: ${url}/docs`,
    '',
    `One token for each role, good for twelve hours, in ${tokens}:`,
    ...cast.players.map(({ role, name }) => `  ${variableOf(role).padEnd(width)}  ${name ?? ''}`.trimEnd()),
    ...(others.length > 0 ? ['', 'They are good for the other networks here, too:', ...others.map((id) => `  ${url}/networks/${id}`)] : []),
    '',
    'Paste this into another terminal:',
    `  source ${tokens}`,
    ...toTry(isOpen),
    '',
    'Ctrl-C ends everything cleanly; started again, it goes on where it was.',
  ];
};
