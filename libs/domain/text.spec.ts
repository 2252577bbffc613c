import { LINE, TEXT } from './text';

describe('texts for people (R24)', () => {
  it.each(['a', 'C++', '?', '42', 'Bien\nutile', 'a\tb', 'é', 'e\u0301', '👩\u200d🚀', 'l’atelier', '漢字'])('reads %j', (text) =>
    expect(TEXT.test(text)).toBe(true),
  );

  it.each([
    ['nothing', ''],
    ['blanks', ' \t\n\u00a0\u2003\u3000'],
    ['zero-width spaces', '\u200b\u200b'],
    ['joiners and a byte-order mark', '\u200d\u2060\ufeff'],
    ['soft hyphens', '\u00ad'],
    ['a Hangul filler', '\u3164'],
    ['a half-width Hangul filler', '\uffa0'],
    ['a blank Braille pattern', '\u2800'],
    ['variation selectors', '\ufe0f'],
    ['tag characters', '\u{e0041}'],
    ['an accent on nothing', '\u0301'],
  ])('sees nothing in %s (R24, case 42)', (_what, text) => {
    expect(TEXT.test(text)).toBe(false);
    expect(LINE.test(text)).toBe(false);
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['an escape', 'a\u001b[31mb'],
    ['a bell', 'a\u0007b'],
    ['a control sequence of one character', 'a\u009b31mb'],
    ['a right-to-left override', 'a\u202eb'],
    ['half a surrogate pair', 'a\ud800b'],
  ])('refuses %s, which a terminal obeys or a database loses (R24, case 35)', (_what, text) => {
    expect(TEXT.test(text)).toBe(false);
    expect(LINE.test(text)).toBe(false);
  });

  it.each(['a\nb', 'a\rb', 'a\tb', 'a\u0085b'])('takes %j for no line', (text) => expect(LINE.test(text)).toBe(false));
});
