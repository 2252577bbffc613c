import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { generatedDocs } from './generated-docs';
import { anchorsOf } from './anchors';

const root = join(__dirname, '..', '..');
const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', 'planted']);

const documents = (folder = ''): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || NOT_OURS.has(entry.name)) return [];
    if (entry.isDirectory()) return documents(join(folder, entry.name));
    return entry.name.endsWith('.md') ? [join(folder, entry.name)] : [];
  });

/** Whether a generated document is there and not stale is the gate's own step. */
const generated = new Set(generatedDocs.map(({ path }) => normalize(path)));
const isThere = (path: string): boolean => generated.has(normalize(path)) || existsSync(join(root, path));

const all = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([, found]) => found ?? '');

/** `[words](target)`; addresses of elsewhere are left out. */
const linksIn = (text: string): readonly string[] => all(text, /\]\(([^)\s]+)\)/g).filter((target) => !/^\w+:/.test(target));

/** From the project's root; a target that begins with `#` lies in the document itself. */
const targetOf = (document: string, link: string): { readonly path: string; readonly anchor: string | undefined } => {
  const [path, anchor] = link.split('#', 2);
  return { path: path === '' ? document : join(dirname(document), path!), anchor };
};

const leadsSomewhere = (document: string, link: string): boolean => {
  const { path, anchor } = targetOf(document, link);
  if (anchor === undefined || !path.endsWith('.md')) return isThere(path);
  return existsSync(join(root, path)) && anchorsOf(readFileSync(join(root, path), 'utf8')).has(anchor);
};

/** Files and folders of the source tree, named in backticks. */
const pathsIn = (text: string): readonly string[] => all(text, /`((?:apps|bench|bin|docs|findings|libs|projections|test)\/[\w./-]+)`/g);

describe('the documents', () => {
  it.each(documents())('lead somewhere: %s', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const links = linksIn(text).filter((link) => !leadsSomewhere(document, link));
    const paths = pathsIn(text).filter((path) => !isThere(path));
    expect({ links, paths }).toEqual({ links: [], paths: [] });
  });

  it('follow one command through eight files, each of which exists', () => {
    const [, path = ''] = /## One command, in eight files\n([^]*?)\n## /.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
    const files = linksIn(path);
    expect(files).toHaveLength(8);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});
