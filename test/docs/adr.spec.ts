import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '..', '..', 'docs', 'adr');
const pages = readdirSync(folder).filter((file) => /^\d{4}-.+\.md$/.test(file));
const index = readFileSync(join(folder, 'README.md'), 'utf8');

/** The day on which it was decided, on a line of its own under the title. */
const DATED = /^# (\d{4}): .+\n\nDate: (2\d{3}-\d{2}-\d{2})\n\nAccepted/;

const indexRow = (file: string) =>
  new RegExp(`^\\| (\\d{4}) +\\| \\[.+\\]\\(${file}\\) +\\| (\\d{4}-\\d{2}-\\d{2}) +\\|$`, 'm').exec(index);

describe('the decisions', () => {
  it.each(pages)('carry their number and date, and the index tells the same: %s', (file) => {
    const [, number, date] = DATED.exec(readFileSync(join(folder, file), 'utf8')) ?? [];
    expect(date).toBeDefined();
    expect(file.slice(0, 4)).toBe(number);
    expect(indexRow(file)?.slice(1)).toEqual([number, date]);
  });

  it('are numbered one after the other, each once', () => {
    expect(pages.map((file) => Number(file.slice(0, 4)))).toEqual(pages.map((_, at) => at + 1));
  });
});
