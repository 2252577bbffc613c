import type { Pool } from 'pg';
import { createReadStore } from '../query/postgres-read-store';
import type { ReadStore } from '../read-store.port';

/** A read store over one scratch version. What it does not hold, it asks of the present: positions of others, and above all texts. */
export const pastStore = (pool: Pool, { schema, holds, present }: { schema: string; holds: string; present: ReadStore }): ReadStore => ({
  ...createReadStore(pool, schema),
  // As of a past date an erased text does not come back (R19).
  texts: (refs) => present.texts(refs),
  waitFor: (models, position, ms) => {
    const others = models.filter((name) => name !== holds);
    return others.length === 0 ? Promise.resolve() : present.waitFor(others, position, ms);
  },
});
