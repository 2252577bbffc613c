import type { Language } from '#domain/vocabulary';
import { escaped } from '#html/html';
import { printablePage } from '#html/printable-page';
import { EVENT_WORDS } from '../../../audit/event-words';
import type { InEachLanguage } from '../../problems/problem';
import { CODE_WORDS, FIELD_WORDS } from './own-data-words';

export interface Reading {
  readonly language: Language;
  readonly timeZone: string;
}

type Fields = Readonly<Record<string, unknown>>;

const TEXTS = {
  title: { fr: 'Ce que le réseau garde de vous', en: 'What the network keeps of you' },
  asOf: { fr: 'État au', en: 'As of' },
  contents: { fr: 'Sommaire', en: 'Contents' },
  none: { fr: 'rien', en: 'nothing' },
  yes: { fr: 'oui', en: 'yes' },
  no: { fr: 'non', en: 'no' },
  notHere: { fr: 'Ce qui n’est pas ici', en: 'What is not in here' },
  others: {
    fr: 'Ce que d’autres ont écrit reste à eux, comme leurs noms ; leurs identifiants sans nom tiennent leur place. Une évaluation qui vous concerne se lit ici une fois descellée.',
    en: 'What others wrote is theirs, and so are their names; ids without a name stand in their place. An evaluation about you is in here once it is unsealed.',
  },
  motives: {
    fr: 'Qui a consulté vos données : le rôle, le moment et la finalité. Le nom et les mots du motif appartiennent à qui a consulté ; la personne déléguée à la protection des données peut les examiner.',
    en: 'Who looked at your data: the role, the time and the purpose. The name and the words of the motive are those of whoever looked; the data protection officer can look into them.',
  },
  sealed: {
    fr: 'Hors du journal : une empreinte dans le registre des identités mène de votre identité professionnelle à vous, et des clés chiffrent vos textes. Une session est scellée : seul le navigateur qui l’a ouverte peut la lire. Ce que vous avez tapé sans l’envoyer reste dans votre navigateur.',
    en: 'Beside the log, a hash in the register of identities leads from your company identity to you, and keys encrypt your texts. A session is sealed: only the browser that opened it can read it. What you typed and did not send stays in your browser.',
  },
} satisfies Readonly<Record<string, InEachLanguage>>;

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Fields that people write: what they say is never taken for a code or a time. */
const WRITTEN = ['text', 'wording', 'name', 'email', 'employeeNumber', 'comment', 'example', 'method', 'label', 'action'];

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isFlat = (value: unknown): value is Fields =>
  isFields(value) && Object.values(value).every((one) => one === null || typeof one !== 'object');

/** Writes values for people: each field by its name, each code by its word, each time as the network has it. */
const writer = ({ language, timeZone }: Reading) => {
  const say = (words: InEachLanguage): string => escaped(words[language]);
  const named = (name: string): string => (FIELD_WORDS[name] ? say(FIELD_WORDS[name]) : escaped(name));
  const times = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone });
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });

  const pathed = (path: string): string =>
    path
      .split('/')
      .slice(1)
      .map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : named(part)))
      .join(' · ');
  const word = (name: string, value: string): string => {
    if (name === 'type' && value in EVENT_WORDS) return say(EVENT_WORDS[value as keyof typeof EVENT_WORDS]);
    if (name === 'path') return pathed(value);
    if (WRITTEN.includes(name)) return escaped(value);
    const code = Object.hasOwn(CODE_WORDS, value) ? CODE_WORDS[value] : undefined;
    if (code) return say(code);
    if (INSTANT.test(value)) return escaped(times.format(new Date(value)));
    return DAY.test(value) ? escaped(days.format(new Date(value))) : escaped(value);
  };
  const scalar = (name: string, value: unknown): string => {
    if (value === null || value === undefined) return `<small>${say(TEXTS.none)}</small>`;
    if (typeof value === 'boolean') return say(value ? TEXTS.yes : TEXTS.no);
    return word(name, String(value));
  };
  const list = (name: string, values: readonly unknown[]): string => {
    if (values.length === 0) return scalar(name, null);
    if (values.length > 1 && values.every(isFlat)) return table(values);
    if (values.some(isFields)) return `<ol>${values.map((one) => `<li>${shown(name, one)}</li>`).join('\n')}</ol>`;
    return values.map((one) => scalar(name, one)).join(', ');
  };
  const table = (rows: readonly Fields[]): string => {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const head = columns.map((name) => `<th scope="col">${named(name)}</th>`).join('');
    const line = (row: Fields): string => `<tr>${columns.map((name) => `<td>${scalar(name, row[name])}</td>`).join('')}</tr>`;
    return `<table><thead><tr>${head}</tr></thead><tbody>\n${rows.map(line).join('\n')}\n</tbody></table>`;
  };
  const shown = (name: string, value: unknown): string => {
    if (Array.isArray(value)) return list(name, value);
    if (!isFields(value)) return scalar(name, value);
    const pairs = Object.entries(value).map(([field, one]) => `<dt>${named(field)}</dt><dd>${shown(field, one)}</dd>`);
    return `<dl>${pairs.join('\n')}</dl>`;
  };
  return { say, named, shown };
};

/** Read first what a person looks for first; the rest as the document has it. */
const HEAD = ['readPosition', 'networkId', 'memberId'];

/** The same document as the JSON, for a person to read and to print: every field of it, in their language. */
export const ownDataPage = (document: Fields, reading: Reading): string => {
  const { say, named, shown } = writer(reading);
  const sections = Object.keys(document).filter((name) => !HEAD.includes(name));
  const { recordedAt } = document['readPosition'] as { recordedAt: string | null };
  const main = `<h1>${say(TEXTS.title)}</h1>
<p>${say(TEXTS.asOf)} ${shown('recordedAt', recordedAt)}</p>
${shown('', { memberId: document['memberId'], networkId: document['networkId'] })}
<nav aria-label="${say(TEXTS.contents)}"><ul>${sections.map((name) => `<li><a href="#${name}">${named(name)}</a></li>`).join('')}</ul></nav>
${sections.map((name) => `<section id="${name}"><h2>${named(name)}</h2>\n${shown(name, document[name])}\n</section>`).join('\n')}
<section id="not-here"><h2>${say(TEXTS.notHere)}</h2>
${[TEXTS.others, TEXTS.motives, TEXTS.sealed].map((text) => `<p>${say(text)}</p>`).join('\n')}
</section>`;
  return printablePage({ language: reading.language, title: TEXTS.title[reading.language], main });
};
