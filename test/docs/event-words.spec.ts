import { readFileSync } from 'node:fs';

describe('events on the site', () => {
  it('have a name in both languages, every one of the catalogue', () => {
    const types = [...readFileSync('docs/event-catalogue.md', 'utf8').matchAll(/^### (\w+)$/gm)].map(([, type]) => type!);
    const words = readFileSync('apps/web/src/content/event-words.ts', 'utf8');
    expect(types.length).toBeGreaterThan(80);
    expect(types.filter((type) => words.match(new RegExp(`^ {4}${type}: '`, 'gm'))?.length !== 2)).toEqual([]);
  });
});
