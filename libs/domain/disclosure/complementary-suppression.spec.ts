import { publishedCells } from './complementary-suppression';

const shown = (sizes: Record<string, number>): string[] => [...publishedCells(new Map(Object.entries(sizes)))].sort();

describe('cells of few persons (R15)', () => {
  it('hides a cell of fewer than five persons', () => expect(shown({ a: 5, b: 5, c: 4, d: 1 })).toEqual(['a', 'b']));

  it('hides a cell whose complement is one to four', () => expect(shown({ a: 20, b: 4 })).toEqual([]));

  it('hides one more where the hidden could be had by subtraction', () => expect(shown({ a: 20, b: 10, c: 3 })).toEqual(['a']));

  it('shows all where nothing is left over', () => expect(shown({ a: 20, b: 5 })).toEqual(['a', 'b']));
});
