import type { ExchangeId, NetworkId } from '#domain/ids';
import type { ScoreParts } from '#domain/round/round.events';
import type { Language } from '#domain/vocabulary';
import { html, NOTHING, type Html } from '#html/html';
import { printablePage } from '#html/printable-page';
import { history, tree } from './page-history';
import { pageTexts, type PageTexts } from './page-texts';
import { valueIn } from './page-values';
import type { ShownPerson } from './people';
import type { Replayed } from './replay';
import { brief, briefly } from './rows';

export interface PageOf {
  readonly exchangeId: ExchangeId;
  readonly networkId: NetworkId;
  readonly language: Language;
  readonly people: readonly ShownPerson[];
}

const peopleTable = (texts: PageTexts, people: readonly ShownPerson[]): Html => {
  const named = people.some(({ name }) => name !== undefined);
  const head = [texts.member, texts.role, ...(named ? [texts.name] : []), texts.erased];
  return html`<table>
    <thead>
      <tr>
        ${head.map((text) => html`<th scope="col">${text}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${people.map(
        ({ memberId, role, erasedAt, name }) =>
          html`<tr>
            <td><code>${memberId}</code></td>
            <td>${texts[role]}</td>
            ${named ? html`<td>${name ?? ''}</td>` : NOTHING}
            <td>${erasedAt === null ? '' : briefly(erasedAt)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
};

const differenceIn = (texts: PageTexts, { difference }: Replayed): Html => {
  if (!difference) return NOTHING;
  const head = [texts.field, texts.before, texts.after];
  return html`<h2>${texts.difference}${difference.from ? ` ${briefly(difference.from.recordedAt)}` : ''}</h2>
    <table>
      <thead>
        <tr>
          ${head.map((text) => html`<th scope="col">${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${difference.fields.map(
          ({ field, before, after }) =>
            html`<tr>
              <th scope="row">${field}</th>
              <td>${valueIn(texts, before)}</td>
              <td>${valueIn(texts, after)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
};

const scoreIn = (texts: PageTexts, score: ScoreParts | null): Html =>
  score === null
    ? NOTHING
    : html`<h2>${texts.score}</h2>
        ${valueIn(texts, score)}`;

const stateIn = (texts: PageTexts, { exchange }: Replayed): Html => {
  if (!exchange) return html`<p>${texts.notAgreed}</p>`;
  const { timeline: _, evaluations: __, followUps: ___, exchangeId: ____, networkId: _____, ...shown } = exchange;
  return valueIn(texts, shown);
};

const endedIn = (texts: PageTexts, { textsErasedAt: at }: Replayed): Html =>
  at === null
    ? NOTHING
    : html`<dt>${texts.textsErased}</dt>
        <dd>${briefly(at)}</dd>`;

/** A history to print, as one file: without a script, without anything from elsewhere. */
export const replayPage = (replayed: Replayed, { exchangeId, networkId, language, people }: PageOf): string => {
  const texts = pageTexts[language];
  const score = replayed.match?.score ?? null;
  const version = replayed.revision === null ? '' : ` (${texts.version} ${replayed.revision})`;
  const main = html`<h1>${texts.title}</h1>
    <dl>
      <dt>${texts.exchange}</dt>
      <dd><code>${exchangeId}</code></dd>
      <dt>${texts.network}</dt>
      <dd><code>${networkId}</code></dd>
      <dt>${texts.asOf}</dt>
      <dd>${briefly(replayed.recordedAt)}${version}</dd>
      ${endedIn(texts, replayed)}
    </dl>
    <h2>${texts.people}</h2>
    ${peopleTable(texts, people)}
    <h2>${texts.state}</h2>
    ${stateIn(texts, replayed)} ${differenceIn(texts, replayed)} ${scoreIn(texts, score)}
    <h2>${texts.history}</h2>
    ${history(texts, replayed)}
    <h2>${texts.tree}</h2>
    <div class="tree">${tree(texts, replayed, null)}</div>
    <p class="soft">${texts.heldBack}</p>`;
  return printablePage({ language, title: `${texts.title} ${brief(exchangeId)}`, main: main.html });
};
