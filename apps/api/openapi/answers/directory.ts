import type { Schema } from '../checked-schemas';
import {
  id,
  language,
  level,
  list,
  next,
  one,
  orNull,
  shape,
  readPosition,
  text,
  time,
  topicLabel,
  described,
  whole,
  yesNo,
} from './shapes';

const listed = shape({
  kind: one('offer', 'request'),
  id,
  wording: orNull(text),
  topic: shape({ text: orNull(text), uri: orNull(text), label: orNull(topicLabel) }),
  level,
  language,
  place: one('site', 'remote', 'either'),
  site: orNull(text),
  availability: list(text),
  smallestGroup: whole,
  largestGroup: whole,
  publishedAt: time,
  matched: yesNo,
  contested: yesNo,
  author: described(
    orNull(shape({ memberId: id, name: orNull(text), site: text, unit: text })),
    'Null where a request’s author chose not to be shown',
  ),
});

const hint = described(
  shape({ code: one('only-stop-words', 'no-words'), message: text }),
  'Where the text looks for nothing: why, and what helps, in the language of the labels',
);

/** Answers of the directory and the taxonomy. */
export const directory: Readonly<Record<string, Schema>> = {
  'Directory.search': shape({ readPosition, entries: list(listed), next, 'hint?': hint }),
  'Directory.searchTopics': shape({ topics: list(topicLabel), 'hint?': hint }),
};
