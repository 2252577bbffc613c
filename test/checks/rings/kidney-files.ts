import type { Arc, ExchangeGraph } from '#matching/exact/exchange-graph';

/** A line of a file that breaks a rule of its format; `wmd` or `dat` says which file. */
export class FormatRefused extends Error {
  constructor(file: 'wmd' | 'dat', line: number, rule: string) {
    super(`${file}, line ${line}: ${rule}`);
  }
}

interface TextRow {
  readonly text: string;
  readonly number: number;
}

interface Digraph {
  readonly members: number;
  /** Members are numbered from 0; weights as they were written. */
  readonly edges: readonly { readonly from: number; readonly to: number; readonly weight: string; readonly line: number }[];
}

const linesOf = (text: string): readonly TextRow[] =>
  text
    .split(/\r?\n/)
    .map((line, index) => ({ text: line.trim(), number: index + 1 }))
    .filter((line) => line.text !== '');

const whole = (text: string | undefined): number | null => (text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : null);

const inRange = (text: string | undefined, first: number, members: number): number | null => {
  const number = whole(text);
  return number === null || number < first || number >= first + members ? null : number - first;
};

const edgesIn = (lines: readonly TextRow[], { members, edges }: { members: number; edges: number }, first: number): Digraph => {
  const seen = new Set<string>();
  const read = lines.map(({ text, number }) => {
    const [one, other, weight = '', ...more] = text.split(',');
    const [from, to] = [inRange(one, first, members), inRange(other, first, members)];
    const refuse = (rule: string) => new FormatRefused('wmd', number, rule);
    if (from === null || to === null) throw refuse(`an edge is FROM,TO,WEIGHT, its ends from ${first} to ${first + members - 1}`);
    if (more.length > 0 || !/^\d+(\.\d+)?$/.test(weight.trim())) throw refuse('a weight is a decimal number, 0 or above');
    if (from === to) throw refuse('an edge joins two');
    if (seen.has(`${from} ${to}`)) throw refuse('an edge stands in the file once');
    seen.add(`${from} ${to}`);
    return { from, to, weight: weight.trim(), line: number };
  });
  if (read.length !== edges)
    throw new FormatRefused('wmd', lines.at(-1)?.number ?? 1, `there are ${read.length} edges, the header says ${edges}`);
  return { members, edges: read };
};

/** Since 2022: metadata after `#`, ends numbered from 1. */
const withMetadata = (lines: readonly TextRow[]): Digraph => {
  const header = lines.filter(({ text }) => text.startsWith('#'));
  const numberOf = (name: string): number => {
    const found = header.find(({ text }) => text.startsWith(`# ${name}:`));
    const value = whole(found?.text.split(':')[1]);
    if (value === null) throw new FormatRefused('wmd', found?.number ?? 1, `"# ${name}:" names a whole number`);
    return value;
  };
  const counts = { members: numberOf('NUMBER ALTERNATIVES'), edges: numberOf('NUMBER EDGES') };
  return edgesIn(
    lines.filter(({ text }) => !text.startsWith('#')),
    counts,
    1,
  );
};

/** Until 2022: how many members and edges, a line a member, then edges, whose ends are numbered from 0. */
const withCounts = ([first, ...lines]: readonly TextRow[]): Digraph => {
  const [members, edges] = (first?.text ?? '').split(',').map(whole);
  if (members === null || members === undefined || edges === null || edges === undefined)
    throw new FormatRefused('wmd', 1, 'the first line is MEMBERS,EDGES, or begins with #');
  lines.slice(0, members).forEach(({ text, number }, index) => {
    if (whole(text.split(',')[0]) !== index + 1) throw new FormatRefused('wmd', number, `here stands member ${index + 1}, with a name`);
  });
  if (lines.length < members) throw new FormatRefused('wmd', lines.at(-1)?.number ?? 1, `there are fewer than ${members} members`);
  return edgesIn(lines.slice(members), { members, edges }, 0);
};

/** The `dat` file beside it: which members are altruists, in its last column. */
const altruistsIn = (text: string, members: number): ReadonlySet<number> => {
  const [header, ...lines] = linesOf(text);
  const columns = header?.text.split(',').length ?? 0;
  if (!header?.text.endsWith(',Altruist')) throw new FormatRefused('dat', 1, 'the last column is "Altruist"');
  if (lines.length !== members) throw new FormatRefused('dat', lines.at(-1)?.number ?? 1, `${members} members have a line each`);
  return new Set(
    lines.flatMap(({ text: line, number }, index) => {
      const cells = line.split(',');
      if (cells.length !== columns || whole(cells[0]) !== index + 1)
        throw new FormatRefused('dat', number, `here stands member ${index + 1}, with ${columns} cells`);
      if (!/^[01]$/.test(cells.at(-1) ?? '')) throw new FormatRefused('dat', number, '"Altruist" is 0 or 1');
      return cells.at(-1) === '1' ? [index] : [];
    }),
  );
};

export interface KidneyExchange {
  readonly graph: ExchangeGraph;
  /** The power of ten by which weights were multiplied, so that they are whole. */
  readonly scale: number;
}

const decimals = (weight: string): number => weight.replace(/\.?0+$/, '').split('.')[1]?.length ?? 0;

/**
 * A kidney exchange in PrefLib's `.wmd` form, old or new, and its `.dat` (without one nobody is an altruist). Members are pairs of a patient
 * and a donor; an edge leads from a donor to a patient who can receive. @throws FormatRefused
 */
export const readKidneyExchange = (wmd: string, dat: string | null): KidneyExchange => {
  const lines = linesOf(wmd);
  const { members, edges } = lines[0]?.text.startsWith('#') ? withMetadata(lines) : withCounts(lines);
  const scale = 10 ** edges.reduce((most, { weight }) => Math.max(most, weight.includes('.') ? decimals(weight) : 0), 0);
  const arcs = edges.map(({ from, to, weight, line }): Arc => {
    const scaled = Math.round(Number(weight) * scale);
    if (scaled > Number.MAX_SAFE_INTEGER / Math.max(members, 1))
      throw new FormatRefused('wmd', line, 'a weight is too large for sums below 2^53');
    return { from, to, weight: scaled };
  });
  return { graph: { members, starters: dat === null ? new Set() : altruistsIn(dat, members), arcs }, scale };
};
