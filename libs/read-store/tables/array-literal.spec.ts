import { wireArray } from './array-literal';

describe('an array on the wire', () => {
  it('escapes what PostgreSQL reads, and nothing else', () => {
    expect(wireArray(['a', null, 'q"\\', 'l\nf', '😀"', ''])).toBe('{"a",NULL,"q\\"\\\\","l\nf","😀\\"",""}');
  });
});
