import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Language } from '#domain/vocabulary';
import type { Topics, TopicToStore } from '#topics/topics.port';
import { LINE } from '#domain/text';
import { badData } from '../usage';
import { ESCO_BROADER, ESCO_BROADER_COLUMNS, escoBroader, importBroader, ownBroader, type GivenBroader } from './broader-input';
import { csvRows, inputAt, layoutOf, type BadRow, type InputRow } from './csv-input';
import type { Encoding } from './text-encoding';

export interface TopicsRead {
  readonly files: number;
  /** Good rows. */
  readonly rows: number;
  /** Of them, those that were new or had changed. */
  readonly changed: number;
  /** Rows without a label in their language, of topics that have one in the other: that one is shown, marked (§8). */
  readonly unlabelled: number;
  /** How often one topic was told to be broader than another. */
  readonly broader: number;
  readonly bad: number;
}

export interface TopicsWatch {
  readonly encoding?: Encoding;
  readonly onNote?: (sentence: string) => void;
  readonly onBad?: (bad: BadRow) => void;
  /** `share` from 0 to 1. */
  readonly onProgress?: (share: number, rows: number) => void;
}

const ESCO_FILE = /^skills_([a-z]{2})(-[a-z0-9]+)?\.csv$/i;
const BATCH_SIZE = 1_000;
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/;
const LONGEST = { uri: 500, label: 500 } as const;

/** Why a row is bad; `unlabelled` names a topic that lacks nothing but its label, which the other language may give. */
interface Unfit {
  readonly reason: string;
  readonly unlabelled?: string;
}
type Read = (row: InputRow) => TopicToStore | Unfit;

const languageIn = (text: string): Language | null => (text === 'fr' || text === 'en' ? text : null);

const checked = (topic: TopicToStore, names: { uri: string; label: string }): TopicToStore | Unfit => {
  const { uri, label } = topic;
  if (!URI.test(uri) || uri.length > LONGEST.uri) return { reason: `${names.uri} is no URI` };
  if (label === '') return { reason: `${names.label} is empty`, unlabelled: uri };
  return label.length > LONGEST.label || !LINE.test(label) ? { reason: `${names.label} is too long or holds no text` } : topic;
};

const listed = (text: string | undefined, separator: RegExp): readonly string[] => [
  ...new Set(
    (text ?? '')
      .split(separator)
      .map((one) => one.trim())
      .filter((one) => LINE.test(one) && one.length <= LONGEST.label),
  ),
];

/** A file as the Commission publishes it: one language, alternative labels on lines of one cell. */
const escoRow =
  (language: Language): Read =>
  ({ cells }) => {
    const [uri, label] = [(cells['conceptUri'] ?? '').trim(), (cells['preferredLabel'] ?? '').trim()];
    return checked(
      { uri, language, label, alternatives: listed(cells['altLabels'], /\n/) },
      { uri: 'conceptUri', label: 'preferredLabel' },
    );
  };

const ownRow: Read = ({ cells }) => {
  const language = languageIn((cells['language'] ?? '').trim().toLowerCase());
  if (language === null) return { reason: 'language is neither fr nor en' };
  const [uri, label] = [(cells['uri'] ?? '').trim(), (cells['label'] ?? '').trim()];
  return checked({ uri, language, label, alternatives: listed(cells['alternatives'], /[\n|]/) }, { uri: 'uri', label: 'label' });
};

interface Source {
  readonly path: string;
  readonly columns: readonly string[];
  readonly read: Read;
  /** What is broader than the row's topic; null where its file does not tell. */
  readonly broader: ((row: InputRow) => readonly GivenBroader[]) | null;
  readonly bytes: number;
}

const escoSource = (path: string): Source | null => {
  const language = languageIn(ESCO_FILE.exec(basename(path))?.[1]?.toLowerCase() ?? '');
  if (language === null) return null;
  return {
    path,
    columns: ['conceptUri', 'preferredLabel', 'altLabels'],
    read: escoRow(language),
    broader: null,
    bytes: inputAt(path).bytes,
  };
};

interface Sources {
  readonly lists: readonly Source[];
  /** ESCO's files of what is broader. */
  readonly broader: readonly string[];
}

const own = (path: string, columns: readonly string[], bytes: number): Source => ({
  ...{ path, bytes, read: ownRow },
  columns: ['uri', 'language', 'label'],
  broader: columns.includes('broader') ? (row) => ownBroader(path, row) : null,
});

/** @throws CliProblem where nothing here is a list of topics */
const sourcesAt = async (path: string, encoding: Encoding): Promise<Sources> => {
  const { isFolder, bytes } = inputAt(path);
  if (isFolder) {
    const paths = readdirSync(path)
      .sort()
      .map((name) => join(path, name));
    const lists = paths.flatMap((one) => escoSource(one) ?? []);
    if (lists.length === 0) throw badData(`${path} holds no file named skills_fr… or skills_en….csv.`);
    return { lists, broader: paths.filter((one) => ESCO_BROADER.test(basename(one))) };
  }
  const { columns } = await layoutOf({ path, encoding });
  if (!columns.includes('conceptUri')) return { lists: [own(path, columns, bytes)], broader: [] };
  const esco = escoSource(path);
  if (!esco) throw badData(`${path} tells its language by its name: skills_fr….csv or skills_en….csv.`);
  return { lists: [esco], broader: [] };
};

/** Loads a taxonomy: a folder of ESCO's files, one of them, or a list of one's own. The same list again changes nothing. @throws CliProblem */
export const importTopics = async (
  topics: Pick<Topics, 'store' | 'labels' | 'broader' | 'storeBroader'>,
  path: string,
  watch: TopicsWatch = {},
): Promise<TopicsRead> => {
  const { encoding = 'utf-8', onNote } = watch;
  const sources = await sourcesAt(path, encoding);
  const all = sources.lists.reduce((sum, { bytes }) => sum + bytes, 0);
  let [rows, changed, bad, before] = [0, 0, 0, 0];
  const onBad = (row: BadRow): void => {
    bad += 1;
    watch.onBad?.(row);
  };
  const told = new Set<string>();
  const relations: GivenBroader[] = [];
  const bare: { readonly row: BadRow; readonly uri: string }[] = [];
  for (const source of sources.lists) {
    let batch: TopicToStore[] = [];
    const store = async (done: number): Promise<void> => {
      changed += batch.length === 0 ? 0 : await topics.store(batch);
      batch = [];
      watch.onProgress?.(Math.min(1, (before + done) / all), rows);
    };
    for await (const row of csvRows({ ...source, encoding, onBad, onNote })) {
      const topic = source.read(row);
      if ('reason' in topic) {
        const unfit = { file: source.path, line: row.line, reason: topic.reason };
        if (topic.unlabelled) bare.push({ row: unfit, uri: topic.unlabelled });
        else onBad(unfit);
        continue;
      }
      rows += 1;
      if (source.broader || sources.broader.length > 0) told.add(topic.uri);
      relations.push(...(source.broader?.(row) ?? []));
      if (batch.push(topic) === BATCH_SIZE) await store(row.bytes);
    }
    await store(source.bytes);
    before += source.bytes;
  }
  // Only now is every label known that the files, or an earlier load, have; in whichever language
  const labels = await topics.labels(
    bare.map(({ uri }) => uri),
    'en',
  );
  const nameless = bare.filter(({ uri }) => !labels.has(uri));
  for (const { row } of nameless) onBad(row);
  for (const file of sources.broader)
    for await (const row of csvRows({ path: file, columns: ESCO_BROADER_COLUMNS, encoding, onBad, onNote }))
      relations.push(escoBroader(file, row));
  const broader = await importBroader(topics, { of: told, relations, onBad });
  return { files: sources.lists.length + sources.broader.length, rows, changed, unlabelled: bare.length - nameless.length, broader, bad };
};
