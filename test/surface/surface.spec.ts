import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'pg';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { decisions } from './decisions';
import { readSurface, surfaceOf, surfaceText, type Surface } from './facts';
import { isDecided, lostFacts } from './lost-facts';

/** The baseline is of the commit before the folders and names of now: 84a491e, 29 November 2026. */
describe('what others rely on: routes, events, tables, refusals, exit codes, settings, a recorded log', () => {
  const root = process.cwd();
  const baseline = readSurface(readFileSync(join(root, 'test', 'surface', 'baseline.txt'), 'utf8'));
  let database: TestDatabase;
  let pool: Pool;
  let surface: Surface;
  beforeAll(async () => {
    database = await testDatabase();
    pool = new Pool({ connectionString: database.url });
    surface = await surfaceOf(root, pool);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('is still there, but for what was decided', () => {
    expect(lostFacts(baseline, surface).filter((lost) => !isDecided(decisions, lost))).toEqual([]);
  });

  it('has no decision that decides nothing', () => {
    const lost = lostFacts(baseline, surface);
    expect(decisions.filter((decision) => !lost.some((fact) => isDecided([decision], fact)))).toEqual([]);
  });

  it('is seen whole: a field, a column, an event or a code that goes is a lost fact', () => {
    const taken = new Map(surface);
    taken.delete('refusal not-allowed');
    taken.set(
      'sql log.events',
      surface.get('sql log.events')!.filter((fact) => !fact.startsWith('column type ')),
    );
    expect(lostFacts(surface, taken)).toEqual([
      { about: 'refusal not-allowed', fact: 'rule none' },
      expect.objectContaining({ about: 'sql log.events', fact: expect.stringMatching(/^column type /) as string }),
    ]);
  });

  it('is read as it was written', () => {
    expect(surfaceText(readSurface(surfaceText(surface)))).toBe(surfaceText(surface));
  });
});
