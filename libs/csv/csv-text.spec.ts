import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { withoutControls } from './control-characters';
import { csvText } from './csv-text';

const cellOf = (text: string): string => (parse(csvText(['a'], [{ a: text }])) as string[][])[1]![0]!;

describe('CSV for spreadsheets', () => {
  it.each([
    ['an equals sign', '=1+1'],
    ['a plus sign', '+33 1'],
    ['a minus sign', '-1'],
    ['the typographic minus', '\u22121'],
    ['an at sign', '@SUM(A1)'],
    ['a full-width equals sign', '\uff1d1+1'],
    ['a full-width at sign', '\uff20SUM(A1)'],
    ['a small plus sign', '\ufe621'],
    ['a line feed', '\n=1+1'],
    ['a line feed and a text', '\nsalut'],
    ['a carriage return', '\r=1+1'],
    ['a tab', '\t=1+1'],
    ['spaces', '  =1+1'],
    ['a no-break space', '\u00a0=1+1'],
    ['a zero-width space', '\u200b=1+1'],
    ['a byte-order mark', '\ufeff=1+1'],
  ])('leads what begins with %s by an apostrophe (case 43)', (_what, text) => expect(cellOf(text)).toBe(`'${withoutControls(text)}`));

  it.each(['Tri = ordre', 'C++', 'a@b.example', "l'atelier", '1 + 1', 'fr;en', ''])('leaves %j alone', (text) =>
    expect(cellOf(text)).toBe(text),
  );

  it.each([
    ['an escape sequence', 'a\u001b[31mb', 'a\ufffd[31mb'],
    ['a control sequence of one character', 'a\u009b31mb', 'a\ufffd31mb'],
    ['a bell and a delete', 'a\u0007b\u007f', 'a\ufffdb\ufffd'],
    ['a right-to-left override', 'a\u202eb', 'a\ufffdb'],
  ])('lets no terminal obey %s (case 35)', (_what, text, shown) => expect(cellOf(text)).toBe(shown));

  it('keeps lines and tabs within a text', () => expect(cellOf('a\n\tb')).toBe('a\n\tb'));

  it('writes numbers, flags and nothing as they are', () =>
    expect(csvText(['n', 'yes', 'no', 'nothing'], [{ n: -1.5, yes: true, no: false, nothing: null }])).toBe(
      'n,yes,no,nothing\n-1.5,true,false,\n',
    ));

  it('is read back as it was written, but for the apostrophe', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(text !== '');
        const shown = withoutControls(text);
        return [shown, `'${shown}`].includes(cellOf(text));
      }),
      { seed: 1 },
    );
  });
});
