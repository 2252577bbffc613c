import { circleWatch } from '#topics/neighbourhood';
import type { BroaderTopic, Topics } from '#topics/topics.port';
import type { BadRow, InputRow } from './csv-input';

/** A relation, and the row that tells it. */
export interface GivenBroader extends BroaderTopic {
  readonly file: string;
  readonly line: number;
  /** Whether what is broader must be a topic: ESCO names its groups, which are none. */
  readonly amongTopics: boolean;
}

/** What ESCO calls the list of what is broader than each skill, from whichever version. */
export const ESCO_BROADER = /^broaderRelationsSkillPillar([-_][a-z-]+)?\.csv$/i;
export const ESCO_BROADER_COLUMNS = ['conceptUri', 'broaderUri'];

export const escoBroader = (file: string, { line, cells }: InputRow): GivenBroader => ({
  uri: (cells['conceptUri'] ?? '').trim(),
  broader: (cells['broaderUri'] ?? '').trim(),
  ...{ file, line, amongTopics: false },
});

/** Of a list of one's own: URIs in one cell, separated by `|` or by line breaks. */
export const ownBroader = (file: string, { line, cells }: InputRow): readonly GivenBroader[] =>
  (cells['broader'] ?? '')
    .split(/[\n|]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((broader) => ({ uri: (cells['uri'] ?? '').trim(), broader, ...{ file, line, amongTopics: true } }));

interface Given {
  /** Topics whose broader ones are told anew: what is not among the relations is no longer so. */
  readonly of: ReadonlySet<string>;
  readonly relations: readonly GivenBroader[];
  readonly onBad: (bad: BadRow) => void;
}

/** Keeps what is broader than what, but circles, and what names no topic; answers how many. The same again changes nothing. */
export const importBroader = async (topics: Pick<Topics, 'labels' | 'broader' | 'storeBroader'>, given: Given): Promise<number> => {
  const { of, relations, onBad } = given;
  if (of.size === 0) return 0;
  const known = await topics.labels([...of, ...relations.flatMap(({ uri, broader }) => [uri, broader])], 'en');
  const closesCircle = circleWatch((await topics.broader()).filter(({ uri }) => !of.has(uri)));
  const judged = new Set<string>();
  const kept: BroaderTopic[] = [];
  for (const { uri, broader, file, line, amongTopics } of relations) {
    const key = `${uri} ${broader}`;
    if (judged.has(key) || !known.has(uri)) continue;
    judged.add(key);
    if (!known.has(broader)) {
      if (amongTopics) onBad({ file, line, reason: 'broader names no topic' });
    } else if (closesCircle({ uri, broader })) onBad({ file, line, reason: 'broader closes a circle: no topic is broader than itself' });
    else kept.push({ uri, broader });
  }
  await topics.storeBroader([...of], kept);
  return kept.length;
};
