import { parse } from 'csv-parse/browser/esm/sync';
import type { paths } from '../../api/generated/schema';

export type OnBehalf = paths['/networks/{networkId}/members/on-behalf']['post']['requestBody']['content']['application/json'];
type Content = OnBehalf['offers'][number];

/** What is wrong with a row: which column, and why, in words of the site's texts. */
export interface Wrong {
  readonly column: string;
  readonly why: 'missing' | 'email' | 'code' | 'choice' | 'half-day' | 'long' | 'control' | 'uri' | 'pair' | 'no-side' | 'twice' | 'cells';
}

export interface ImportRow {
  readonly line: number;
  readonly name: string;
  readonly wrong: readonly Wrong[];
  /** What is sent of it, where nothing is wrong. */
  readonly entry: OnBehalf | null;
}

export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le';

/** Why a file cannot be read at all. */
export class Unreadable extends Error {
  constructor(
    readonly why: 'encoding' | 'empty' | 'columns' | 'csv',
    readonly what = '',
  ) {
    super(why);
  }
}

const REQUIRED = ['subject', 'name', 'email', 'site', 'unit'] as const;
const NUMBERS = ['', '2_', '3_'];
const SEVERAL = /[\s,;|]+/;
const CODE = /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/;
const HALF_DAY = /^(mon|tue|wed|thu|fri)-(am|pm)$/;
const CONTROL = /[\p{Cc}]/u;
const LEVELS = ['beginner', 'practised', 'advanced'];
const PLACES = ['either', 'site', 'remote'];
const LANGUAGES = ['fr', 'en'];
const LONGEST: Record<string, number> = { subject: 500, name: 200, email: 320, employee_number: 64, topic: 200, wording: 2000 };

type Cells = Readonly<Record<string, string>>;

const listed = (text: string): readonly string[] => text.split(SEVERAL).filter((one) => one !== '');

/** The bytes as text, or nothing of it: a broken name could not be mended by importing the file again. */
const decoded = (bytes: ArrayBuffer, encoding: Encoding): string => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('encoding');
  }
};

/** The first line tells which of comma, semicolon and tab separates the cells. */
const delimiterOf = (text: string): string => {
  const [first = ''] = text.split(/\r\n|\n|\r/, 1);
  const count = (one: string): number => first.split(one).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
};

const side = (cells: Cells, prefix: string, wrong: Wrong[]): Content => {
  const given = (column: string): string => (cells[`${prefix}${column}`] ?? '').trim();
  const mustBe = (column: string, value: string, isRight: boolean, why: Wrong['why']): void => {
    if (value !== '' && !isRight) wrong.push({ column: `${prefix}${column}`, why });
  };
  for (const column of ['topic', 'wording']) {
    if (given(column) === '') wrong.push({ column: `${prefix}${column}`, why: 'pair' });
    mustBe(column, given(column), given(column).length <= LONGEST[column]!, 'long');
  }
  mustBe('topic', given('topic'), !CONTROL.test(given('topic')), 'control');
  mustBe('topic_uri', given('topic_uri'), URI.test(given('topic_uri')), 'uri');
  mustBe('level', given('level'), LEVELS.includes(given('level')), 'choice');
  mustBe('language', given('language'), LANGUAGES.includes(given('language')), 'choice');
  mustBe('place', given('place'), PLACES.includes(given('place')), 'choice');
  const halves = listed(given('availability'));
  if (halves.some((half) => !HALF_DAY.test(half))) wrong.push({ column: `${prefix}availability`, why: 'half-day' });
  const site = (cells['site'] ?? '').trim();
  return {
    wording: given('wording'),
    topic: { text: given('topic'), ...(given('topic_uri') === '' ? {} : { uri: given('topic_uri') }) },
    level: (given('level') || 'beginner') as Content['level'],
    language: (given('language') || listed(cells['languages'] ?? '')[0] || 'fr') as Content['language'],
    place: (given('place') || 'either') as Content['place'],
    ...(given('place') === 'remote' ? {} : { site }),
    availability: halves as Content['availability'],
    // for the person to declare, when they confirm (R14)
    declaredProfessional: false,
  };
};

const sides = (cells: Cells, kind: 'offer' | 'request', wrong: Wrong[]): Content[] =>
  NUMBERS.map((number) => `${kind}_${number}`)
    .filter((prefix) => ['topic', 'wording'].some((column) => (cells[`${prefix}${column}`] ?? '').trim() !== ''))
    .map((prefix) => side(cells, prefix, wrong));

const rowOf = (line: number, cells: Cells, seen: Map<string, number>): ImportRow => {
  const wrong: Wrong[] = [];
  const given = (column: string): string => (cells[column] ?? '').trim();
  for (const column of REQUIRED) if (given(column) === '') wrong.push({ column, why: 'missing' });
  for (const column of ['subject', 'name', 'email', 'employee_number']) {
    if (given(column).length > LONGEST[column]!) wrong.push({ column, why: 'long' });
    if (CONTROL.test(given(column))) wrong.push({ column, why: 'control' });
  }
  if (given('email') !== '' && !EMAIL.test(given('email'))) wrong.push({ column: 'email', why: 'email' });
  for (const column of ['site', 'unit']) if (given(column) !== '' && !CODE.test(given(column))) wrong.push({ column, why: 'code' });
  const languages = listed(given('languages'));
  if (languages.some((one) => !LANGUAGES.includes(one))) wrong.push({ column: 'languages', why: 'choice' });
  const subject = given('subject');
  if (subject !== '' && seen.has(subject)) wrong.push({ column: 'subject', why: 'twice' });
  seen.set(subject, line);
  const offers = sides(cells, 'offer', wrong);
  const requests = sides(cells, 'request', wrong);
  if (offers.length + requests.length === 0) wrong.push({ column: 'offer_topic', why: 'no-side' });
  const entry: OnBehalf = {
    subject,
    entry: 'import',
    profile: {
      ...{ name: given('name'), email: given('email'), site: given('site'), unit: given('unit') },
      ...(given('employee_number') === '' ? {} : { employeeNumber: given('employee_number') }),
      languages: (languages.length > 0 ? [...new Set(languages)] : ['fr']) as OnBehalf['profile']['languages'],
    },
    offers,
    requests,
  };
  return { line, name: given('name'), wrong, entry: wrong.length === 0 ? entry : null };
};

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The column that a field of the entry came from, by the API's path: `/offers/1/topic/uri` from `offer_2_topic_uri`. */
export const columnOf = (path: string): string => {
  const [side = '', at = '', ...parts] = path.slice(1).split('/');
  if (side === 'profile') return snakeCase(at);
  if (side !== 'offers' && side !== 'requests') return side;
  const named = parts.filter((part) => part !== 'text' && !/^\d+$/.test(part));
  return `${side.slice(0, -1)}_${NUMBERS[Number(at)] ?? ''}${named.map(snakeCase).join('_')}`;
};

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The rows of a file in the format of docs/import.md, each with what is wrong with it. @throws Unreadable */
export const rowsOf = (bytes: ArrayBuffer, encoding: Encoding): readonly ImportRow[] => {
  const text = decoded(bytes, encoding).replace(/^\ufeff/, '');
  if (text.trim() === '') throw new Unreadable('empty');
  let parsed: Parsed[];
  try {
    parsed = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }) as unknown as Parsed[];
  } catch (fault) {
    throw new Unreadable('csv', fault instanceof Error ? fault.message : '');
  }
  const [header, ...rows] = parsed;
  if (!header || rows.length === 0) throw new Unreadable('empty');
  const columns = header.record.map((column) => column.trim().toLowerCase());
  const missing = REQUIRED.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new Unreadable('columns', missing.join(', '));
  const seen = new Map<string, number>();
  return rows.map(({ record, info }) => {
    const cells = Object.fromEntries(columns.map((column, at) => [column, record[at] ?? '']));
    const row = rowOf(info.lines, cells, seen);
    // a separator within a cell that is not quoted moved all that follows
    if (record.length <= columns.length) return row;
    return { ...row, wrong: [{ column: columns.at(-1)!, why: 'cells' as const }, ...row.wrong], entry: null };
  });
};

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The same row has the same key, from whichever file it comes: an import that broke off is simply started again (R22). */
export const keyOf = async (networkId: string, entry: OnBehalf): Promise<string> => {
  const words = new TextEncoder().encode(JSON.stringify([networkId, entry]));
  return `import-${hex(new Uint8Array(await crypto.subtle.digest('SHA-256', words)))}`;
};
