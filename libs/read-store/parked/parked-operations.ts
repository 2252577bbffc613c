import { retryParked, skipParked } from './retry-parked';
import { ParkedRefused, type RetryResult, type ParkedParts } from './parked-queue';
import { buildsIn } from '../checkpoints/projection-table';
import { controlTables, READ_SCHEMA } from '../tables/table-names';

interface ParkedKey {
  readonly key: string;
  readonly unknown: boolean;
}

/** Where events of a read model are parked; of one event, where it is told. */
const placesOf = async ({ pool, schema = READ_SCHEMA }: ParkedParts, name: string, eventId?: string): Promise<readonly ParkedKey[]> => {
  const tables = controlTables(schema);
  const { rows } = await pool.query<ParkedKey>(
    `select distinct k.key, k.unknown from ${tables.parked} k join ${buildsIn(tables)} p on p.id = k.projection
     where p.name = $1 and k.state = 'parked' and ($2::uuid is null or k.event_id = $2) order by 2, 1`,
    [name, eventId ?? null],
  );
  return rows;
};

/** One row's parked events, or every row's: each row by itself, all of its events or none. @throws ParkedRefused */
export const retryRows = async (parts: ParkedParts, { name, key }: { name: string; key?: string }): Promise<readonly RetryResult[]> => {
  if (key !== undefined) return retryParked(parts, { name, key });
  const places = (await placesOf(parts, name)).filter(({ unknown }) => !unknown);
  if (places.length === 0) throw new ParkedRefused('nothing-parked', `Nothing of ${name} is parked under a row`);
  const done: RetryResult[] = [];
  for (const place of places) done.push(...(await retryParked(parts, { name, key: place.key })));
  return done;
};

/** Drops one event for good; of several rows that lack it, one must be named. @throws ParkedRefused */
export const skipEvent = async (
  parts: ParkedParts,
  { name, eventId, key }: { readonly name: string; readonly eventId: string; readonly key?: string },
): Promise<readonly RetryResult[]> => {
  const places = (await placesOf(parts, name, eventId)).filter((place) => key === undefined || place.key === key);
  const [place, another] = places;
  if (!place) throw new ParkedRefused('nothing-parked', `This event of ${name} is not parked there`);
  if (another) throw new ParkedRefused('several-rows', `Several rows of ${name} lack this event: name one`);
  return skipParked(parts, { name, eventId, ...place });
};
