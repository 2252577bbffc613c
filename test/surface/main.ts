/** `node dist/test/surface/main.js > test/surface/baseline.txt` at a release: from then on this is what nobody may lose. */
import { Pool } from 'pg';
import { benchDatabase } from '#bench/runner/bench-database';
import { surfaceOf, surfaceText } from './facts';

const main = async (): Promise<void> => {
  const database = await benchDatabase();
  const pool = new Pool({ connectionString: database.url });
  try {
    process.stdout.write(surfaceText(await surfaceOf(process.cwd(), pool)));
  } finally {
    await pool.end();
    await database.drop();
  }
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
