import fc from 'fast-check';
import { keptWords } from './kept-words';
import { keptName, nameBegun } from './names';
import { soughtIn } from './sought';
import { formsOf, inflectionsOf, slipsOf } from './spellings';
import { folded, wordsOf } from './words';

const tokens = (text: string): readonly string[] => wordsOf(text).map(({ token }) => token);
const pieces = (text: string): readonly string[] => wordsOf(text)[0]!.pieces.map(({ token }) => token);
const seed = 44;
const piece = fc.constantFrom(
  'c++',
  'C#',
  'R',
  'PL/SQL',
  'Node.js',
  '.NET',
  'l’élève',
  'Word/Excel',
  'vendeur/vendeuse',
  'œuvre',
  'e-mail',
  'R&D',
  'bac+2',
);
const sign = fc.constantFrom(' ', ', ', '. ', ' (', ') ', ' - ', '…', '\n', ' ; ', ' « ', ' » ', '"', '/', '+', '#', '&');
const written = fc.array(
  fc.oneof(piece, sign, fc.string({ unit: 'grapheme', maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 4 })),
  { maxLength: 12 },
);
const text = written.map((parts) => parts.join(''));

describe('a name', () => {
  it('is kept by each of its words, under a sign that no word of a text bears (R19, case 44)', () => {
    expect(keptName('Jean-Pierre O’Neil')).toBe("'@jean' '@pierre' '@o' '@neil'");
    expect(nameBegun(' Élo  d’Arc')).toBe("'@elo':* & '@d':* & '@arc':*");
    expect(nameBegun("' -")).toBe('');
    fc.assert(
      fc.property(written, (parts) => !keptWords([{ text: parts.join(''), weights: ['A', 'B'] }]).words.includes("'@")),
      { seed },
    );
  });
});

describe('words as people write them', () => {
  it.each([
    ['C++, C# ou C ?', ['c++', 'c#', 'ou', 'c']],
    ['PL/SQL et Transact-SQL', ['pl/sql', 'et', 'transact-sql']],
    ['Node.js. .NET, ASP.NET…', ['node.js', '.net', 'asp.net']],
    ["C’est l’élève d'Anaïs", ['est', 'eleve', 'anais']],
    ['d anglais, D avancé', ['anglais', 'd', 'avance']],
    ['Œuvrer – bac+2, 50+', ['oeuvrer', 'bac+2', '50+']],
    ['R&D (R, Python)', ['r&d', 'r', 'python']],
    ['formateur(trice), vendeur·se·s', ['formateur', 'vendeur']],
    ['Ｃ＋＋ and c♯; driver’s, don’t', ['c++', 'and', 'c#', 'driver', 'dont']],
    ['Excel.', ['excel']],
    ['-SAP', ['sap']],
  ])('are read from “%s” (case 44)', (given, expected) => expect(tokens(given)).toEqual(expected));

  it('are made of pieces, by which they are found, too (case 44)', () => {
    expect(pieces('PL/SQL')).toEqual(['pl', 'sql']);
    expect(pieces('c#/.net')).toEqual(['c#', 'net']);
    expect(wordsOf('Node.js')[0]!.also).toContain('nodejs');
    expect(wordsOf('ASP.NET')[0]!.also).toContain('.net');
    expect(wordsOf('C++')[0]!.also).toEqual([]);
    expect(wordsOf('C++11')[0]!.also).toContain('c++');
  });

  it('tell an abbreviation from a small word by its capitals, where capitals tell something (case 44)', () => {
    const abbreviations = (given: string) =>
      wordsOf(given)
        .filter(({ abbreviates }) => abbreviates)
        .map(({ token }) => token);
    expect(abbreviations('IT support')).toEqual(['it']);
    expect(abbreviations('GESTION DE LA PAIE')).toEqual([]);
    expect(abbreviations('do it')).toEqual([]);
  });

  it(`are the same when read again, and folding again changes nothing (case 44; seed ${seed})`, () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(folded(folded(given))).toBe(folded(given));
        for (const { token } of wordsOf(given)) expect(tokens(token)).toEqual([token]);
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it(`are all found by themselves: each is kept as it is sought (case 44; seed ${seed})`, () => {
    fc.assert(
      fc.property(text, (given) => {
        const kept = keptWords([{ text: given, weights: ['A', 'B'] }]).words;
        for (const { token, spelled } of wordsOf(given)) {
          const search = soughtIn(spelled);
          if (typeof search === 'string') continue;
          expect(search.wanted).toHaveLength(1);
          expect(search.wanted[0]!.exact('A').startsWith(`'${token.replaceAll("'", "''")}'`)).toBe(true);
          expect(kept).toContain(`'${token}':`);
        }
      }),
      { seed, numRuns: 2_000 },
    );
  });
});

describe('what a person typed', () => {
  const wanted = (given: string): readonly string[] => {
    const search = soughtIn(given);
    return typeof search === 'string' ? [search] : search.wanted.map(({ exact }) => exact('A'));
  };

  it('is words, phrases, and what may not be there (case 44)', () => {
    expect(wanted('tri du courrier')).toEqual(["'tri':A", "'courrier':A"]);
    expect(wanted('"prise de parole" anglais')).toEqual(["'prise':A <2> 'parole':A", "'anglais':A"]);
    expect(wanted('« prise de parole »')).toEqual(["'prise':A <2> 'parole':A"]);
    expect(soughtIn('comptabilité -SAP')).toMatchObject({ unwanted: expect.stringContaining("'sap'") });
    expect(soughtIn('comptabilité –sap -"bilan annuel"')).toMatchObject({ unwanted: expect.stringMatching(/'sap'.*'bilan' <1> 'annuel'/) });
    expect(soughtIn('tri - courrier')).toMatchObject({ unwanted: null });
    expect(soughtIn('-SAP')).toMatchObject({ wanted: [], unwanted: expect.stringContaining("'sap'") });
  });

  it('looks for nothing where it holds stop words alone, or none at all (case 44)', () => {
    expect(['de la', 'le', 'C’est', '"de la"', 'de la -SAP', '-de'].map(soughtIn)).toEqual(Array(6).fill('only-stop-words'));
    expect(['', '***', '-', '""'].map(soughtIn)).toEqual(Array(4).fill('no-words'));
    expect(wanted('gérer son temps')).toEqual(["'gerer':A", "'temps':A"]);
    expect(wanted('son')).toEqual(["'son':A"]);
  });

  it('is looked for in as many words as a sentence has; every minus counts (case 44)', () => {
    const many = Array.from({ length: 60 }, (_, index) => `${index % 2 ? '-' : ''}mot${index}`).join(' ');
    expect(soughtIn(many)).toMatchObject({ wanted: { length: 12 }, unwanted: expect.stringContaining("'mot59'") });
  });
});

describe('spellings', () => {
  it('keep accents for stems, and forgive those left out (case 44)', () => {
    expect(formsOf({ spelled: 'comptabilité', token: 'comptabilite' }).fr).toEqual(['comptabilité', 'comptabilite']);
    expect(formsOf({ spelled: 'comptabilite', token: 'comptabilite' }).fr).toContain('comptabilité');
    expect(formsOf({ spelled: 'travaux', token: 'travaux' }).fr).toContain('travail');
    expect(formsOf({ spelled: 'html5', token: 'html5' }).en).toEqual(['html']);
    expect(formsOf({ spelled: 'c++', token: 'c++' })).toEqual({ fr: [], en: [] });
    expect(inflectionsOf('employe')).toEqual(expect.arrayContaining(['employes', 'employee', 'employees']));
    expect(inflectionsOf('sap')).not.toContain('sa');
  });

  it('have slips from five letters on, and never in the first (case 44)', () => {
    expect(slipsOf('excel')).toEqual(['ecel', 'exel', 'excl', 'exce']);
    expect(slipsOf('word')).toEqual([]);
    expect(slipsOf('c++11x')).toEqual([]);
  });

  it.each([
    ['word', false],
    ['excel', false],
    ['negotiation', true],
  ])('of “%s” are near always: %s (case 44)', (given, near) => {
    const search = soughtIn(given);
    expect(typeof search === 'string' ? null : search.wanted[0]!.near.slips !== '').toBe(near);
  });
});
