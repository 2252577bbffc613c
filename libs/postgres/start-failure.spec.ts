import { LogUnavailable } from '#event-store/log.port';
import { fromLostServer } from './start-failure';

const coded = (code: string): Error => Object.assign(new Error('as the driver says it'), { code });

it.each([
  ['a server that shuts down', coded('57P01')],
  ['a server that starts', coded('57P03')],
  ['a broken connection', coded('ECONNRESET')],
  ['nobody at the port', coded('ECONNREFUSED')],
  ['a connection that ended', new Error('Connection terminated unexpectedly')],
  ['a connection that broke between two statements', new Error('Client has encountered a connection error and is not queryable')],
  ['a log without an answer', new LogUnavailable('no answer', false)],
])('tells %s as a database that went away: try again (75)', (_, fault) => {
  expect(fromLostServer(fault)).toMatchObject({ code: 'server-unreachable', exitCode: 75, cause: fault });
});

it('passes any other fault on as it is', () => {
  for (const fault of [coded('23505'), new Error('a bug'), 'a text', undefined]) expect(fromLostServer(fault)).toBe(fault);
});
