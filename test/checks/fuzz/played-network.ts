import type { PersonRole } from '#apps/installation/access';
import type { DemoIdentity } from '#apps/demo/summary';
import type { Installation } from '#apps/installation/installation';
import { START } from '#event-store/log.port';

/** Ids by the name of the field that they stand in, as `offerId`. */
export type Ids = ReadonlyMap<string, readonly string[]>;

/** Somebody who calls. */
export interface Caller {
  readonly subject: string;
  readonly roles: readonly PersonRole[];
  readonly memberId: string | null;
}

/** What a played network holds, by which valid requests are made. */
export interface PlayedNetwork {
  readonly networkId: string;
  readonly people: readonly Caller[];
  readonly ids: Ids;
  /** What stands in the events of one stream, by the id that names it: an exchange's sessions, a match's people. */
  readonly near: ReadonlyMap<string, Ids>;
  readonly topics: readonly string[];
  /** Positions of this log as answers name them. */
  readonly tokens: readonly string[];
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What an event calls a person or a list of things goes by the name of the thing. */
const NAMES: Readonly<Record<string, string>> = { by: 'memberId', mediatorId: 'memberId', one: 'memberId', other: 'memberId' };

const nameOf = (field: string): string => NAMES[field] ?? field.replace(/Ids$/, 'Id');

class Gathered {
  private readonly sets = new Map<string, Set<string>>();

  put(name: string, id: string): void {
    this.sets.set(name, (this.sets.get(name) ?? new Set()).add(id));
  }

  all(): Ids {
    return new Map([...this.sets].map(([name, ids]) => [name, [...ids]]));
  }
}

const gather = (value: unknown, put: (name: string, id: string) => void, field = ''): void => {
  if (typeof value === 'string' && UUID.test(value)) put(nameOf(field), value);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) gather(inner, put, Array.isArray(value) ? field : name);
};

const peopleOf = async ({ keys }: Installation, networkId: string, identities: readonly DemoIdentity[]): Promise<readonly Caller[]> =>
  Promise.all(identities.map(async ({ subject, roles }) => ({ subject, roles, memberId: await keys.find(networkId, subject) })));

/** Reads the whole log: a small one. */
export const readPlayed = async (
  installation: Installation,
  networkId: string,
  identities: readonly DemoIdentity[],
): Promise<Omit<PlayedNetwork, 'topics'>> => {
  const { log, codec } = installation;
  const all = new Gathered();
  const near = new Map<string, Gathered>();
  const positions: string[] = [];
  for await (const stored of log.readAll({ after: START })) {
    const { data, meta } = codec.decode(stored);
    const named = meta.stream.slice(meta.stream.indexOf('-') + 1);
    const beside = near.get(named) ?? new Gathered();
    near.set(named, beside);
    gather(data, (name, id) => {
      all.put(name, id);
      beside.put(name, id);
    });
    all.put('eventId', meta.eventId);
    positions.push(stored.position);
  }
  const logName = (await log.logId()).slice(0, 8);
  return {
    networkId,
    people: await peopleOf(installation, networkId, identities),
    ids: all.all(),
    near: new Map([...near].map(([id, gathered]) => [id, gathered.all()])),
    tokens: [positions.at(0)!, positions.at(positions.length >> 1)!, positions.at(-1)!].map((position) => `${position}.${logName}`),
  };
};
