import type { Schema } from '../checked-schemas';
import { figure, id, language, level, list, next, one, orNull, shape, standing, text, time, told, whole, yesNo } from './shapes';

export const risk = shape({
  indicator: text,
  cell: told(orNull(text), '`site:CODE` or `unit:CODE`; null for the network'),
  unit: one('share', 'ratio', 'days', 'per-100', 'number'),
  value: orNull(figure),
  numerator: orNull(figure),
  denominator: orNull(figure),
  n: orNull(whole),
  threshold: orNull(figure),
  alert: yesNo,
  hidden: told(yesNo, 'Too few persons to be shown (R15)'),
});

const satisfaction = shape({
  indicator: text,
  cell: told(text, '`network`, `site:CODE`, `unit:CODE`, `topic:URI`, `role:giver`'),
  hidden: told(yesNo, 'Too few persons to be shown (R15): nothing else is told then'),
  'movedAt?': time,
  'value?': orNull(figure),
  'numerator?': orNull(figure),
  'denominator?': orNull(figure),
  'n?': whole,
  'responseRate?': orNull(figure),
  'interval?': told(orNull(shape({ low: figure, high: figure })), 'Wilson, 95 %'),
});

const evidence = shape({ eventIds: list(id), next });

const topic = shape({ uri: text, label: text, inLanguage: language });

const listed = shape({
  kind: one('offer', 'request'),
  id,
  wording: orNull(text),
  topic: shape({ text: orNull(text), uri: orNull(text), label: orNull(topic) }),
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
  author: told(
    orNull(shape({ memberId: id, name: orNull(text), site: text, unit: text })),
    'Null where a request’s author chose not to be shown',
  ),
});

const hint = told(
  shape({ code: one('only-stop-words', 'no-words'), message: text }),
  'Where the text looks for nothing: why, and what helps, in the language of the labels',
);

/** Answers in figures, hours and lists for everybody. */
export const figures: Readonly<Record<string, Schema>> = {
  'Directory.search': shape({ standing, entries: list(listed), next, 'hint?': hint }),
  'Directory.find': shape({ topics: list(topic), 'hint?': hint }),
  'Figures.risk': shape({ standing, asOf: time, figures: list(risk) }),
  'Figures.riskEvidence': evidence,
  'Figures.satisfaction': shape({ standing, asOf: time, dimension: text, figures: list(satisfaction) }),
  'Figures.satisfactionEvidence': evidence,
  'Health.live': shape({ live: yesNo }),
  'Health.ready': shape({
    ready: yesNo,
    log: one('available', 'unavailable', 'not-followed'),
    subscriptions: told(
      list(shape({ state: one('catching-up', 'live', 'dropped', 'stopped'), drops: whole, downSeconds: figure, reason: orNull(text) })),
      'To a log in EventStoreDB; none where projections run in a process of their own',
    ),
    unserved: told(list(text), 'Read models that cannot be asked: each is being built'),
    projections: list(
      shape({ name: text, version: whole, build: whole, serves: text, state: text, pace: text, lagEvents: whole, parked: whole }),
    ),
  }),
};
