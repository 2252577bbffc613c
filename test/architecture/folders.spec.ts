import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** More than somebody finds their way in: then it is time for rooms by subject. */
const MAX_FILES_IN_A_FOLDER = 25;

/** Folders with too many sources, and how many. */
const tooLarge = (files: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const file of files.filter((name) => name.endsWith('.ts'))) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > MAX_FILES_IN_A_FOLDER).map(([folder, count]) => `${folder}: ${count}`);
};

const root = join(__dirname, '..', '..');
const ROOMS = ['apps', 'bench', 'libs', 'projections', 'test'];
const filesBelow = (room: string): readonly string[] =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((name) => join(room, name));

describe('a folder of sources', () => {
  it('that is too large is found, with its number; what is no source does not count', () => {
    const files = (count: number, ending: string) => Array.from({ length: count }, (_, n) => `libs/some/file-${n}${ending}`);
    expect(tooLarge([...files(MAX_FILES_IN_A_FOLDER, '.ts'), ...files(9, '.md'), 'libs/some/room/one.ts'])).toEqual([]);
    expect(tooLarge(files(MAX_FILES_IN_A_FOLDER + 1, '.ts'))).toEqual([`libs/some: ${MAX_FILES_IN_A_FOLDER + 1}`]);
  });

  it('holds no more than somebody finds their way in', () => {
    const files = ROOMS.flatMap(filesBelow);
    expect(files.length).toBeGreaterThan(1000);
    expect(tooLarge(files)).toEqual([]);
  });
});
