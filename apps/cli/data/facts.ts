import { print, type Cell, type Output } from '../output';

/** What one run came to: a column of facts for people, one row for programs. */
export const printFacts = (facts: Readonly<Record<string, Cell>>, output: Output): void => {
  if (output !== 'table') return print(Object.keys(facts), [facts], output);
  const rows = Object.entries(facts).filter(([, value]) => value !== null);
  print(
    ['what', 'value'],
    rows.map(([what, value]) => ({ what, value })),
    output,
  );
};
