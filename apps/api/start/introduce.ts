import { chmodSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { NetworkId } from '#domain/ids';
import type { Settings } from '../../installation/settings';
import type { PersonRole } from '../../installation/access';
import { developmentIdentities } from '../../installation/development-identities';
import type { KnownIdentities, KnownIdentity } from './identities';

const variableOf = (role: PersonRole): string => `TOKEN_${role.toUpperCase().replaceAll('-', '_')}`;

/** The second and third of a role are numbered. */
const variablesOf = (players: readonly KnownIdentity[]): readonly string[] =>
  players.map(({ role }, at) => {
    const nth = players.slice(0, at).filter((other) => other.role === role).length + 1;
    return `${variableOf(role)}${nth === 1 ? '' : `_${nth}`}`;
  });

/** Shows JSON over several lines; given a path such as `.entries[0].id`, what lies there. */
export const JSON_FUNCTION = `json() { node -e 'const all = JSON.parse(require("fs").readFileSync(0, "utf8"));
const found = new Function("it", "return it" + (process.argv[1] || ""))(all);
console.log(typeof found === "string" ? found : JSON.stringify(found, null, 2))' "$@"; }`;

/** From where the person stands, if it lies below. */
const shownPath = (path: string): string => {
  const near = relative(process.cwd(), path);
  const shown = near.startsWith('..') || isAbsolute(near) ? path : near;
  return /^[\w./-]+$/.test(shown) ? shown : `'${shown}'`;
};

export interface FoundIdentities {
  readonly cast: KnownIdentities;
  readonly isOpen: boolean;
  /** Networks beside the cast's. */
  readonly others: readonly NetworkId[];
}

/** A shell reads it; nobody but its owner does. */
const writeTokens = async (settings: Settings, url: string, { cast: { networkId, players }, others }: FoundIdentities): Promise<string> => {
  const identities = await developmentIdentities(settings);
  const variables = variablesOf(players);
  const tokens = players.map(async ({ subject, claims }, at) => {
    return `${variables[at]}=${await identities.token(subject, Object.fromEntries([networkId, ...others].map((id) => [id, claims])))}`;
  });
  const path = join(settings.folder, 'tokens.env');
  writeFileSync(path, [`BASE=${url}/networks/${networkId}`, ...(await Promise.all(tokens)), JSON_FUNCTION, ''].join('\n'), { mode: 0o600 });
  chmodSync(path, 0o600);
  return shownPath(path);
};

const request = (role: PersonRole, path: string, more = ''): string =>
  `  curl -s -H "Authorization: Bearer $${variableOf(role)}" ${more}"$BASE${path}" | json`;

const toTry = (isOpen: boolean): readonly string[] =>
  isOpen
    ? [request('member', '/directory?kind=offer&limit=5'), request('facilitator', '/match-queue?limit=5'), request('network-lead', '/risk')]
    : [
        request('network-lead', '', `-H "Content-Type: application/json" -d '{"label":"My network"}' `),
        request('network-lead', ''),
        request('network-lead', '/directory?limit=5'),
      ];

/** What a newcomer reads once it runs: where, as whom, and three lines to paste. */
export const introduce = async (settings: Settings, url: string, found: FoundIdentities): Promise<readonly string[]> => {
  const { cast, isOpen, others } = found;
  const tokens = await writeTokens(settings, url, found);
  const variables = variablesOf(cast.players);
  const width = Math.max(...variables.map((variable) => variable.length));
  return [
    `Savoirs is ready at ${url}; to read about its API: ${url}/docs`,
    `Open this in a browser, and choose who you are: ${settings.publicUrl ?? url}/`,
    '',
    `One token for each role, good for twelve hours, in ${tokens}:`,
    ...cast.players.map(({ name }, at) => `  ${variables[at]!.padEnd(width)}  ${name ?? ''}`.trimEnd()),
    '  More of them: npx savoirs data token SUBJECT ROLE…',
    ...(others.length > 0 ? ['', 'They are good for the other networks here, too:', ...others.map((id) => `  ${url}/networks/${id}`)] : []),
    '',
    'Paste this into another terminal:',
    `  source ${tokens}`,
    ...toTry(isOpen),
    '',
    'Ctrl-C ends everything cleanly; started again, it goes on where it was.',
  ];
};
