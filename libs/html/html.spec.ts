import { html } from './html';
import { PRINTABLE_POLICY, printablePage } from './printable-page';

describe('a page made of parts', () => {
  it('takes whatever is put in for text, unless it is a part itself', () => {
    const part = html`<b>${'<script>"&\''}</b>`;
    expect(html`<p>${part}${[html`<i>${1}</i>`, html`<i>${2}</i>`]}</p>`.html).toBe(
      '<p><b>&#60;script&#62;&#34;&#38;&#39;</b><i>1</i><i>2</i></p>',
    );
  });

  it('keeps no line break of its template, where white space is shown as it is', () => {
    const made = html`
      <td>${'a'} b</td>
      <td>${'c\nd'}</td>
    `;
    expect(made.html).toBe('<td>a b</td><td>c\nd</td>');
  });

  it('runs nothing and loads nothing, saved as a file too', () => {
    const page = printablePage({ language: 'fr', title: 'Rejoué <1>', main: '<h1>x</h1>' });
    expect(page).toContain('<title>Rejoué &#60;1&#62;</title>');
    expect(page).toMatch(/http-equiv="content-security-policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/);
    expect(page).not.toMatch(/<script|<link|\ssrc=|javascript:/i);
    expect(PRINTABLE_POLICY).toContain("frame-ancestors 'none'");
  });
});
