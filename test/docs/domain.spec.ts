import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleNames } from './rule-names';

const root = join(__dirname, '..', '..');
const SOURCES = ['libs', 'apps', 'projections', 'test', 'bench', 'docs', 'README.md', 'CHANGELOG.md'];
const NOT_OURS = new Set(['node_modules', 'dist']);
/** No data: a recorded log may hold anything. */
const TEXT = /\.(tsx?|js|json|md)$/;

const filesBelow = (path: string): readonly string[] => {
  if (TEXT.test(path)) return [path];
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name) || !(entry.isDirectory() || TEXT.test(entry.name))) return [];
    return filesBelow(`${path}/${entry.name}`);
  });
};

const domain = readFileSync(join(root, 'docs/domain.md'), 'utf8');
const anchors = new Set([...domain.matchAll(/^<a id="([\w-]+)"><\/a>$/gm)].map(([, id]) => id!));

/** Each citation as its anchor: a rule by its number, a section by its sign. */
const citedIn = (text: string): readonly string[] => [
  ...[...text.matchAll(/\bR(\d+)\b/g)].map(([, number]) => `r${number}`),
  ...[...text.matchAll(/§ ?(\d+)/g)].map(([, number]) => `s${number}`),
];

describe('the page of the domain', () => {
  const files = SOURCES.flatMap(filesBelow);

  it('has every rule and section that is cited anywhere, at an anchor', () => {
    const cited = files.flatMap((file) => citedIn(readFileSync(join(root, file), 'utf8')).map((anchor) => ({ file, anchor })));
    expect(new Set(cited.map(({ anchor }) => anchor)).size).toBeGreaterThan(30);
    expect(cited.filter(({ anchor }) => !anchors.has(anchor))).toEqual([]);
  });

  it('names each rule as the table of tests does, in order', () => {
    const headings = [...domain.matchAll(/^<a id="(r\d+)"><\/a>\n\n### (R\d+): (.+)$/gm)].map(([, id, rule, name]) => [id, rule, name]);
    expect(headings).toEqual(Object.entries(ruleNames).map(([rule, name]) => [rule.toLowerCase(), rule, name]));
  });
});
