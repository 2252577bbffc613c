import { acceptedLanguage, prefersCsv } from './accepted';

describe('what a request accepts', () => {
  it.each([
    ['fr-FR,fr;q=0.9,en;q=0.8', 'fr'],
    ['en-US,en;q=0.9,fr;q=0.8', 'en'],
    ['de, fr;q=0.2', 'fr'],
    ['en;q=0, fr', 'fr'],
    ['*', null],
    ['de', null],
    ['', null],
    [undefined, null],
    [';;,=', null],
  ] as const)('tells of Accept-Language %j that it prefers %j (case 45)', (header, language) => {
    expect(acceptedLanguage(header)).toBe(language);
  });

  it.each([
    ['text/csv', true],
    ['text/csv, application/json;q=0.5', true],
    ['application/json, text/csv;q=0.5', false],
    ['text/csv;q=0, */*', false],
    ['*/*', false],
    [undefined, false],
  ])('tells of Accept %j whether it prefers CSV: %j (case 18)', (header, csv) => {
    expect(prefersCsv(header)).toBe(csv);
  });
});
