import { html, NOTHING, type Html } from '#html/html';
import { EVENT_WORDS } from './event-words';
import type { PageTexts } from './page-texts';
import type { Replayed } from './replay';
import { brief, briefly, briefStream, causeOf, isLater, whyWords, type Cause } from './rows';
import type { HistoryStep } from './steps';

const WORDS = new Map<string, Readonly<Record<PageTexts['language'], string>>>(Object.entries(EVENT_WORDS));
const wordOf = ({ language }: PageTexts, { type }: Pick<HistoryStep, 'type'>): string => WORDS.get(type)?.[language] ?? type;

const fromIn = (texts: PageTexts, cause: Cause): string => {
  switch (cause.kind) {
    case 'step':
      return `← ${cause.number}`;
    case 'elsewhere':
      return `← ${texts.elsewhere} ${wordOf(texts, cause)}, ${briefStream(cause.stream)}`;
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
  const head = [texts.happened, texts.recorded, texts.event, texts.of, texts.by, texts.why];
  const row = (step: HistoryStep, at: number): Html =>
    html`<tr>
      <td class="number">${at + 1}</td>
      <td>${briefly(step.occurredAt)}</td>
      <td>${isLater(step) ? briefly(step.recordedAt) : ''}</td>
      <td>${wordOf(texts, step)}</td>
      <td>${briefStream(step.stream)}</td>
      <td>${step.actor.role}${step.actor.role === 'system' ? '' : ` ${brief(step.actor.id)}`}</td>
      <td>${whyIn(texts, step, replayed)}</td>
    </tr>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col" class="number">#</th>
        ${head.map((text) => html`<th scope="col">${text}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${replayed.steps.map(row)}
    </tbody>
  </table>`;
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
          <span class="soft">${briefStream(step.stream)}${parent === null ? ` · ${whyIn(texts, step, replayed)}` : ''}</span>
          ${tree(texts, replayed, at)}
        </li>`,
    )}
  </ul>`;
};
