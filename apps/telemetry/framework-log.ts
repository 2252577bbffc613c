import type { LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';

/**
 * What Nest says by itself, as lines of our log. A fault comes as an error, or as its message with a stack behind: neither's message is
 * told, for it may hold what a person wrote.
 */
export const frameworkLog = (logger: Logger): LoggerService => {
  const at =
    (level: Level) =>
    (said: unknown, ...more: readonly unknown[]): void => {
      const context = more.at(-1);
      if (said instanceof Error) logger[level]({ context, err: said }, 'a fault in the framework');
      else if (more.length > 1) logger[level]({ context }, 'a fault in the framework');
      else logger[level]({ context }, String(said));
    };
  return { verbose: at('trace'), debug: at('debug'), log: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') };
};
