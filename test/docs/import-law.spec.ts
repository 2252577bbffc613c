import { areasOf, importLawText, type Allowed } from './import-law';

const law: readonly Allowed[] = [
  { from: { path: '^libs/domain/' }, to: { path: '^libs/(domain|kernel)/' } },
  { from: { path: '^libs/keys/' }, to: { path: '\\.port\\.ts$' } },
  { from: { path: '^libs/keys/' }, to: { dependencyTypes: ['core'] } },
  { from: { path: '^apps/([^/]+)/' }, to: { path: '^apps/$1/' } },
  { from: { path: '^apps/' }, to: { path: ['^libs/domain/', '\\.port\\.ts$', 'node_modules/'], pathNot: 'node_modules/pg/' } },
  { from: { path: '\\.module\\.ts$' }, to: { path: ['^libs/keys/', 'node_modules/pg/'] } },
];
const files = [
  'apps/api/api.module.ts',
  'apps/api/offers.controller.ts',
  'libs/domain/ids.ts',
  'libs/kernel/id.ts',
  'libs/keys/keys.port.ts',
  'libs/keys/keys.ts',
];
const areas = areasOf(law, { files, packages: ['kysely', 'pg'] });
const of = (wanted: string) => areas.find(({ name }) => name === wanted)!;

describe('the import law, as it is told', () => {
  it('tells what each file of an area may import, and what only some may', () => {
    expect(of('apps/api')).toMatchObject({
      ownFolderOnly: true,
      rights: [
        { to: 'domain', always: 'all', sometimes: 'all' },
        { to: 'keys', always: 'ports', sometimes: 'all' },
      ],
      packages: { always: ['kysely'], sometimes: ['kysely', 'pg'] },
      node: [],
    });
  });

  it('gives nothing that no line allows', () => {
    expect(of('domain')).toMatchObject({ rights: [{ to: 'kernel', always: 'all' }], packages: { sometimes: [] }, node: [] });
    expect(of('kernel')).toMatchObject({ ownFolderOnly: false, rights: [], packages: { sometimes: [] }, node: [] });
    expect(of('keys').rights).toEqual([]);
    expect(of('keys').node).toContain('crypto');
  });

  it('stands for the real list', () => {
    const text = importLawText();
    expect(text).toContain('| domain | kernel |  |  |\n');
    expect(text).toMatch(/^\| projections: a fold \| its own folder, domain, kernel, read-store \(its door\) \(parts\) \| {2}\| {2}\|$/m);
    expect(text).toMatch(/^ {2}domain --> kernel$/m);
    expect(text).not.toMatch(/^ {2}application --> kernel$/m);
    expect(text).not.toMatch(/^ {2}domain --> (?!kernel)/m);
  });
});
