import { html, NOTHING, type Html } from '#html/html';
import type { StreamName } from '#kernel/id';
import { EVENT_WORDS } from './event-words';
import { KIND_WORDS, type PageTexts } from './page-texts';
import type { Replayed } from './replay';
import { brief, briefly, briefStream, causeOf, isLater, whyWords, type Cause } from './rows';
import type { HistoryStep } from './steps';

const WORDS = new Map<string, Readonly<Record<PageTexts['language'], string>>>(Object.entries(EVENT_WORDS));
const wordOf = ({ language }: PageTexts, { type }: Pick<HistoryStep, 'type'>): string => WORDS.get(type)?.[language] ?? type;

const KINDS = new Map<string, Readonly<Record<PageTexts['language'], string>>>(Object.entries(KIND_WORDS));
const kindIn = ({ language }: PageTexts, kind: string): string => KINDS.get(kind)?.[language] ?? kind;

const streamIn = (texts: PageTexts, stream: StreamName): string => {
  const [kind = '', id = ''] = briefStream(stream).split(' ');
  return `${kindIn(texts, kind)} ${id}`;
};

const actorIn = (texts: PageTexts, { actor }: HistoryStep): string =>
  actor.role === 'system' ? kindIn(texts, 'system') : `${kindIn(texts, actor.role)} ${brief(actor.id)}`;

const laterIn = ({ recorded }: PageTexts, step: HistoryStep): Html =>
  isLater(step) ? html`<br /><small>${recorded} ${briefly(step.recordedAt)}</small>` : NOTHING;

const fromIn = (texts: PageTexts, cause: Cause): string => {
  switch (cause.kind) {
    case 'step':
      return `← ${cause.number}`;
    case 'elsewhere':
      return `← ${texts.elsewhere} ${wordOf(texts, cause)}, ${streamIn(texts, cause.stream)}`;
    case 'act':
      return texts.act;
    case 'unknown':
      return texts.unknown;
  }
};

const whyIn = (texts: PageTexts, step: HistoryStep, replayed: Replayed): string =>
  [fromIn(texts, causeOf(step, replayed)), ...whyWords(step.why)].join(' · ');

/** What happened, one line an event. */
export const history = (texts: PageTexts, replayed: Replayed): Html => {
  const head = [texts.happened, texts.event, texts.of, texts.by, texts.why];
  const row = (step: HistoryStep, at: number): Html =>
    html`<tr>
      <td class="line">${at + 1}</td>
      <td class="line">${briefly(step.occurredAt)}${laterIn(texts, step)}</td>
      <td>${wordOf(texts, step)}</td>
      <td class="line">${streamIn(texts, step.stream)}</td>
      <td class="line">${actorIn(texts, step)}</td>
      <td>${whyIn(texts, step, replayed)}</td>
    </tr>`;
  return html`<div class="wide" role="group" tabindex="0" aria-label="${texts.history}">
    <table>
      <thead>
        <tr>
          <th scope="col">#</th>
          ${head.map((text) => html`<th scope="col">${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${replayed.steps.map(row)}
      </tbody>
    </table>
  </div>`;
};

/** What led to what: each event below the one that made it happen. */
export const tree = (texts: PageTexts, replayed: Replayed, parent: number | null): Html => {
  const below = replayed.steps.flatMap((step, at) => (step.cause === parent ? [{ step, at }] : []));
  if (below.length === 0) return NOTHING;
  return html`<ul>
    ${below.map(
      ({ step, at }) =>
        html`<li>
          ${at + 1}. ${wordOf(texts, step)}${' '}
          <span class="soft">${streamIn(texts, step.stream)}${parent === null ? ` · ${whyIn(texts, step, replayed)}` : ''}</span>
          ${tree(texts, replayed, at)}
        </li>`,
    )}
  </ul>`;
};
