import { html, type Html } from '#html/html';
import type { PageTexts } from './page-texts';

/** Whatever an event or a state holds, nested as it is. */
export const valueIn = (texts: PageTexts, value: unknown): Html => {
  if (value === null || value === undefined) return html`<span class="soft">${texts.none}</span>`;
  if (typeof value !== 'object') return html`${String(value)}`;
  if ('ref' in value) return html`<span class="soft">${texts.text}</span>`;
  if (Array.isArray(value)) {
    if (value.length === 0) return html`<span class="soft">${texts.none}</span>`;
    return html`<ul>
      ${value.map((one: unknown) => html`<li>${valueIn(texts, one)}</li>`)}
    </ul>`;
  }
  return html`<dl>
    ${Object.entries(value).map(
      ([name, one]) =>
        html`<dt>${name}</dt>
          <dd>${valueIn(texts, one)}</dd>`,
    )}
  </dl>`;
};
