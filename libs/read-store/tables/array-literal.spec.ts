import { arrayLiteral } from './array-literal';

describe('an array on the wire', () => {
  it('escapes what PostgreSQL reads, and nothing else', () => {
    expect(arrayLiteral(['a', null, 'q"\\', 'l\nf', '😀"', ''])).toBe('{"a",NULL,"q\\"\\\\","l\nf","😀\\"",""}');
  });
});
