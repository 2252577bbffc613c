import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { ApplyOnBehalf, ApplyOnBehalfDto } from '#application/member/apply-on-behalf';
import type { Outcome } from '#application/dispatch/outcome';
import { canonicalJson } from '#kernel/canonical-json';
import type { CommandId } from '#kernel/id';
import type { NetworkId } from '#domain/ids';
import type { DomainActor } from '#domain/vocabulary';
import { csvRows, inputAt, type BadRow, type InputRow } from './csv-input';
import type { Encoding } from './text-encoding';

export interface EntriesRead {
  readonly rows: number;
  /** Entered now, waiting for the person's word (R6). */
  readonly entered: number;
  /** By the same row before. */
  readonly known: number;
  readonly bad: number;
}

export interface EntriesParts {
  readonly networkId: NetworkId;
  /** The facilitator who enters them. */
  readonly by: DomainActor;
  /** What the entry of this subject has for its id: the same text, the same id. */
  readonly commandIdFor: (subject: string, text: string) => Promise<CommandId>;
  readonly execute: (command: ApplyOnBehalf) => Promise<Outcome>;
  readonly encoding?: Encoding;
  readonly onBad?: (bad: BadRow) => void;
  readonly onNote?: (sentence: string) => void;
  readonly onProgress?: (share: number, rows: number) => void;
}

const REQUIRED = ['subject', 'name', 'email', 'site', 'unit'];
const NUMBERS = ['', '2_', '3_'];
const SEVERAL = /[\s,;|]+/;

type Cells = InputRow['cells'];
const cell = (cells: Cells, column: string): string => (cells[column] ?? '').trim();
const listed = (text: string): readonly string[] => text.split(SEVERAL).filter((one) => one !== '');

/** R14 is for the person to declare: it stays open until they confirm. */
const contentIn = (cells: Cells, prefix: string): object => {
  const given = (column: string): string => cell(cells, `${prefix}${column}`);
  return {
    wording: given('wording'),
    topic: { text: given('topic'), uri: given('topic_uri') || null },
    level: given('level') || 'beginner',
    language: given('language') || listed(cell(cells, 'languages'))[0] || 'fr',
    place: given('place') || 'either',
    site: given('place') === 'remote' ? null : cell(cells, 'site'),
    availability: listed(given('availability')),
    declaredProfessional: false,
  };
};

const sidesIn = (cells: Cells, kind: 'offer' | 'request'): readonly object[] =>
  NUMBERS.map((number) => `${kind}_${number}`)
    .filter((prefix) => ['topic', 'wording'].some((column) => cell(cells, `${prefix}${column}`) !== ''))
    .map((prefix) => contentIn(cells, prefix));

/** All that is read of a row, as values. */
const entryIn = (cells: Cells) => {
  const languages = listed(cell(cells, 'languages'));
  const employeeNumber = cell(cells, 'employee_number');
  return {
    subject: cell(cells, 'subject'),
    profile: {
      name: cell(cells, 'name'),
      email: cell(cells, 'email'),
      ...(employeeNumber === '' ? {} : { employeeNumber }),
      site: cell(cells, 'site'),
      unit: cell(cells, 'unit'),
      languages: languages.length > 0 ? languages : ['fr'],
    },
    entry: 'fair',
    offers: sidesIn(cells, 'offer'),
    requests: sidesIn(cells, 'request'),
  };
};

/** `offers.1.topic.text` is the column `offer_2_topic`. */
const columnOf = (path: readonly string[]): string => {
  const [first, index, ...rest] = path;
  if (first !== 'offers' && first !== 'requests') return (path.at(-1) ?? '').replace('employeeNumber', 'employee_number');
  const column = rest.join('_').replace('topic_text', 'topic');
  return `${first.slice(0, -1)}_${NUMBERS[Number(index)] ?? ''}${column}`;
};

const firstWrong = (errors: readonly ValidationError[], above: readonly string[] = []): string | null => {
  const [error] = errors;
  if (!error) return null;
  const path = [...above, error.property];
  return error.constraints
    ? `${columnOf(path)} is missing or not what it should be (docs/import.md)`
    : firstWrong(error.children ?? [], path);
};

const REFUSALS: Partial<Record<string, string>> = {
  'network-not-found': 'there is no such network',
  'member-exists': 'subject has applied already, with another entry',
  'member-left': 'subject has left the network',
  'member-erased': 'subject was erased',
};

const give = async (
  cells: Cells,
  { networkId, by, execute, commandIdFor }: EntriesParts,
): Promise<'entered' | 'known' | { readonly reason: string }> => {
  const entry = entryIn(cells);
  const dto = plainToInstance(ApplyOnBehalfDto, entry);
  const wrong = firstWrong(validateSync(dto, { whitelist: true, forbidUnknownValues: true }));
  if (wrong) return { reason: wrong };
  if (dto.offers.length === 0 && dto.requests.length === 0) return { reason: 'offer_topic and request_topic are both empty' };
  // The same entry is the same command, from whichever file it comes and whatever else stands there (R22).
  const commandId = await commandIdFor(dto.subject, canonicalJson(entry));
  const outcome = await execute(new ApplyOnBehalf({ networkId, by, commandId }, dto));
  if (outcome.outcome === 'unknown') throw new Error('The log does not answer: import the same file again later.');
  if (outcome.outcome === 'rejected') return { reason: REFUSALS[outcome.refusal.code] ?? `refused: ${outcome.refusal.code}` };
  return outcome.repeated || outcome.eventTypes.length === 0 ? 'known' : 'entered';
};

/** One row a person, with up to three offers and three requests: each waits until that person confirms (R6). @throws CliProblem */
export const importEntries = async (path: string, parts: EntriesParts): Promise<EntriesRead> => {
  const all = inputAt(path).bytes;
  const counts = { rows: 0, entered: 0, known: 0, bad: 0 };
  const onBad = (bad: BadRow): void => {
    counts.bad += 1;
    parts.onBad?.(bad);
  };
  const { encoding = 'utf-8', onNote } = parts;
  for await (const { line, cells, bytes } of csvRows({ path, encoding, columns: REQUIRED, onBad, onNote })) {
    const answer = await give(cells, parts);
    if (typeof answer === 'object') onBad({ file: path, line, reason: answer.reason });
    else {
      counts.rows += 1;
      counts[answer] += 1;
    }
    parts.onProgress?.(Math.min(1, bytes / all), counts.rows);
  }
  return counts;
};
