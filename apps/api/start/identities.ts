import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { uuidV5 } from '#application/dispatch/derived-ids';
import type { NetworkId } from '#domain/ids';
import type { Installation } from '../../installation/installation';
import { START } from '#event-store/log.port';
import { TOKEN_ROLES, type PersonRole } from '../../installation/access';

/** Somebody to try a role as. */
export interface KnownIdentity {
  readonly role: PersonRole;
  readonly subject: string;
  /** What their token claims: a mediator is one by the log, not by the token. */
  readonly claims: readonly PersonRole[];
  readonly name: string | null;
}

/** Kept beside the data, so that the next start knows them again; of one log alone. */
export interface KnownIdentities {
  readonly logId: string;
  readonly networkId: NetworkId;
  readonly players: readonly KnownIdentity[];
}

/** Somebody whom the demo simulates. */
export interface Known {
  readonly subject: string;
  readonly roles: readonly PersonRole[];
  readonly name: string | null;
}

/** Of members, one asks, one gives, one looks on; an erasure takes two officers (R19). */
const AS_MANY: Partial<Record<PersonRole, number>> = { member: 3, 'data-protection-officer': 2 };

const fileIn = (folder: string): string => join(folder, 'development-cast.json');

const playersOf = async (installation: Installation, networkId: NetworkId, people: readonly Known[]): Promise<readonly KnownIdentity[]> => {
  const mediators: readonly string[] = (await installation.application.facts.of(networkId))?.mediators ?? [];
  const ids = await Promise.all(people.map(({ subject }) => installation.keys.find(networkId, subject)));
  const mediates = ({ subject }: Known): boolean => mediators.includes(ids[people.findIndex((one) => one.subject === subject)] ?? '');
  const others = people.filter((one) => !mediates(one));
  const players = TOKEN_ROLES.flatMap((role): readonly KnownIdentity[] => {
    const known = others.filter(({ roles }) => roles.includes(role));
    return Array.from({ length: AS_MANY[role] ?? 1 }, (_, nth) => ({
      role,
      subject: known[nth]?.subject ?? `development-${role}${nth === 0 ? '' : `-${nth + 1}`}`,
      claims: [role],
      name: known[nth]?.name ?? null,
    }));
  });
  const mediator = people.find(mediates);
  return mediator ? [...players, { role: 'mediator', subject: mediator.subject, claims: ['member'], name: mediator.name }] : players;
};

/** Writes down whom to try as, one a role: people of the demo, where it has some. */
export const writeIdentities = async (installation: Installation, networkId: NetworkId, people: readonly Known[]): Promise<void> => {
  const { log, settings } = installation;
  const cast: KnownIdentities = { logId: await log.logId(), networkId, players: await playersOf(installation, networkId, people) };
  writeFileSync(fileIn(settings.folder), `${JSON.stringify(cast, null, 2)}\n`, { mode: 0o600 });
};

const openNetworks = async ({ log }: Pick<Installation, 'log'>): Promise<readonly NetworkId[]> => {
  const found: NetworkId[] = [];
  for await (const { stream } of log.readAll({ after: START, filter: { types: ['NetworkOpened'] } }))
    found.push(stream.slice('network-'.length) as NetworkId);
  return found;
};

const knownIn = async (
  { keys }: Pick<Installation, 'keys'>,
  networkId: NetworkId,
  candidates: readonly Known[],
): Promise<readonly Known[]> => {
  const found = await Promise.all(candidates.map(async (one) => ((await keys.find(networkId, one.subject)) === null ? [] : [one])));
  return found.flat();
};

/**
 * As written down; else people of the first network that is open in the log, as after a restore, whose log has a new id; else of a network
 * still to be opened. `candidates`: whom the first network may know, where nobody wrote down any.
 */
export const readIdentities = async (installation: Installation, candidates: readonly Known[]): Promise<KnownIdentities> => {
  const { log, settings } = installation;
  const logId = await log.logId();
  const file = fileIn(settings.folder);
  const written = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KnownIdentities) : null;
  if (written?.logId === logId) return written;
  const open = await openNetworks(installation);
  if (written && open.includes(written.networkId)) return { ...written, logId };
  const networkId = open[0] ?? (uuidV5(logId, 'network') as NetworkId);
  return { logId, networkId, players: await playersOf(installation, networkId, await knownIn(installation, networkId, candidates)) };
};

/** The networks beside the one that the tokens are for. */
export const othersOpen = async (installation: Installation, { networkId }: KnownIdentities): Promise<readonly NetworkId[]> =>
  (await openNetworks(installation)).filter((id) => id !== networkId);
