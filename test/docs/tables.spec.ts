import { testDatabase, type TestDatabase } from '#testing/test-database';
import { columnsOf, tablesText } from './tables';

describe('the tables, as they are told', () => {
  let database: TestDatabase;
  let text: string;
  beforeAll(async () => {
    database = await testDatabase();
    text = tablesText(await columnsOf(database.url));
  });
  afterAll(() => database.drop());

  it('are those of the database, with keys and what may be null', () => {
    expect(text).toContain('  events {\n    bigint position PK\n    integer revision UK\n');
    expect(text).toContain('    bytea wrapped "may be null"\n');
    expect(text).toContain('  projection ||--o{ parked : "projection"\n');
    expect(text).toContain('  projection ||--o{ due : "process"\n');
    expect(text).not.toContain('migration');
  });

  it('name each read model’s own table and its columns', () => {
    expect(text).toContain('| `read.forbidden_pairs_v1` | `network_id` text, `since` text, `pair` text[] | parks |  |\n');
  });
});
