import { isLostServer, isUndoneForOthers } from './lost-server';

const withCode = (code: string): Error => Object.assign(new Error('said by PostgreSQL'), { code });

describe('a store that failed', () => {
  it.each(['08006', '53100', '53300', '57P01', '57P03', '58030', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOSPC'])(
    'is told by %s',
    (code) => expect(isLostServer(withCode(code))).toBe(true),
  );

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])(
    'is told by “%s”, which has no code',
    (message) => expect(isLostServer(new Error(message))).toBe(true),
  );

  it('is told by what caused a fault', () => expect(isLostServer(new Error('reading keys', { cause: withCode('57P01') }))).toBe(true));

  it.each(['22P02', '23505', '42703', '57014', '40001'])('is not what was asked of it: %s', (code) =>
    expect(isLostServer(withCode(code))).toBe(false),
  );

  it.each([null, undefined, 'ECONNRESET', new TypeError('x')])('is not %p', (fault) => expect(isLostServer(fault)).toBe(false));
});

describe('what PostgreSQL undid so that others may go on', () => {
  it.each(['40P01', '40001'])('is %s', (code) => expect(isUndoneForOthers(withCode(code))).toBe(true));
  it.each([withCode('23505'), null, undefined, new Error('deadlock')])('is not %p', (fault) =>
    expect(isUndoneForOthers(fault)).toBe(false),
  );
});
