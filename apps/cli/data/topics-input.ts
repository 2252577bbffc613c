import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Language } from '#domain/vocabulary';
import type { Topics, TopicToStore } from '#topics/topics.port';
import { badData } from '../usage';
import { csvRows, headerOf, inputAt, type BadRow, type InputRow } from './csv-input';

export interface TopicsRead {
  readonly files: number;
  /** Good rows. */
  readonly rows: number;
  /** Of them, those that were new or had changed. */
  readonly changed: number;
  readonly bad: number;
}

export interface TopicsWatch {
  readonly onBad?: (bad: BadRow) => void;
  /** `share` from 0 to 1. */
  readonly onProgress?: (share: number, rows: number) => void;
}

const ESCO_FILE = /^skills_([a-z]{2})(-[a-z0-9]+)?\.csv$/i;
const AT_ONCE = 1_000;
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/;
const LONGEST = { uri: 500, label: 500 } as const;

type Read = (row: InputRow) => TopicToStore | string;

const languageIn = (text: string): Language | null => (text === 'fr' || text === 'en' ? text : null);

const checked = (topic: TopicToStore, names: { uri: string; label: string }): TopicToStore | string => {
  if (!URI.test(topic.uri) || topic.uri.length > LONGEST.uri) return `${names.uri} is no URI`;
  if (topic.label === '') return `${names.label} is empty`;
  return topic.label.length > LONGEST.label || /[\0\p{Cs}]/u.test(topic.label) ? `${names.label} is too long or holds no text` : topic;
};

const listed = (text: string | undefined, separator: RegExp): readonly string[] => [
  ...new Set(
    (text ?? '')
      .split(separator)
      .map((one) => one.trim())
      .filter((one) => one !== '' && one.length <= LONGEST.label),
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
  if (language === null) return 'language is neither fr nor en';
  const [uri, label] = [(cells['uri'] ?? '').trim(), (cells['label'] ?? '').trim()];
  return checked({ uri, language, label, alternatives: listed(cells['alternatives'], /[\n|]/) }, { uri: 'uri', label: 'label' });
};

interface Source {
  readonly path: string;
  readonly columns: readonly string[];
  readonly read: Read;
  readonly bytes: number;
}

const escoSource = (path: string): Source | null => {
  const language = languageIn(ESCO_FILE.exec(basename(path))?.[1]?.toLowerCase() ?? '');
  if (language === null) return null;
  return { path, columns: ['conceptUri', 'preferredLabel', 'altLabels'], read: escoRow(language), bytes: inputAt(path).bytes };
};

/** @throws CliProblem where nothing here is a list of topics */
const sourcesAt = async (path: string): Promise<readonly Source[]> => {
  const { isFolder, bytes } = inputAt(path);
  if (isFolder) {
    const sources = readdirSync(path)
      .sort()
      .flatMap((name) => escoSource(join(path, name)) ?? []);
    if (sources.length === 0) throw badData(`${path} holds no file named skills_fr… or skills_en….csv.`);
    return sources;
  }
  if (!(await headerOf(path)).includes('conceptUri')) return [{ path, columns: ['uri', 'language', 'label'], read: ownRow, bytes }];
  const esco = escoSource(path);
  if (!esco) throw badData(`${path} tells its language by its name: skills_fr….csv or skills_en….csv.`);
  return [esco];
};

/** Loads a taxonomy: a folder of ESCO's files, one of them, or a list of one's own. The same list again changes nothing. @throws CliProblem */
export const importTopics = async (topics: Pick<Topics, 'store'>, path: string, watch: TopicsWatch = {}): Promise<TopicsRead> => {
  const sources = await sourcesAt(path);
  const all = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  let [rows, changed, bad, before] = [0, 0, 0, 0];
  const onBad = (row: BadRow): void => {
    bad += 1;
    watch.onBad?.(row);
  };
  for (const source of sources) {
    let batch: TopicToStore[] = [];
    const store = async (done: number): Promise<void> => {
      changed += batch.length === 0 ? 0 : await topics.store(batch);
      batch = [];
      watch.onProgress?.(all === 0 ? 1 : (before + done) / all, rows);
    };
    for await (const row of csvRows({ ...source, onBad })) {
      const topic = source.read(row);
      if (typeof topic === 'string') {
        onBad({ file: source.path, line: row.line, reason: topic });
        continue;
      }
      rows += 1;
      if (batch.push(topic) === AT_ONCE) await store(row.bytes);
    }
    await store(source.bytes);
    before += source.bytes;
  }
  return { files: sources.length, rows, changed, bad };
};
