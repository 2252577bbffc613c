import { pino } from 'pino';
import { createLogger } from './logging';
import { frameworkLog } from './framework-log';

it('says what Nest says, and of a fault its name and code alone', () => {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({ production: true, env: {} } as never, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const nest = frameworkLog(logger);
  const fault = Object.assign(new TypeError('Ana Martin'), { code: 'E_NAME' });
  nest.log('started', 'NestFactory');
  nest.error(fault, 'ExceptionsHandler');
  nest.error('Ana Martin', 'Error: Ana Martin\n    at somewhere', 'ExceptionHandler');
  nest.debug?.('hidden', 'NestFactory');
  expect(lines).toMatchObject([
    { level: pino.levels.values['info'], context: 'NestFactory', msg: 'started' },
    { level: pino.levels.values['error'], context: 'ExceptionsHandler', err: { name: 'TypeError', code: 'E_NAME' } },
    { level: pino.levels.values['error'], context: 'ExceptionHandler', msg: 'a fault in the framework' },
  ]);
  expect(JSON.stringify(lines)).not.toContain('Martin');
});
