import { pino, type DestinationStream, type Logger } from 'pino';
import type { Settings } from '../installation/settings';

/** JSON lines, on stdout where nothing else is told. An error is known by its name and code: its message may hold what a person wrote. */
export const createLogger = ({ production, env }: Settings, to?: DestinationStream): Logger =>
  pino(
    {
      level: env['LOG_LEVEL']?.trim() || (production ? 'info' : 'warn'),
      serializers: { err: ({ name, code }: Error & { code?: string }) => ({ name, ...(code === undefined ? {} : { code }) }) },
      redact: { paths: ['*.authorization', '*.cookie', '*.token', '*.password', '*.text', '*.email'], remove: true },
    },
    to ?? pino.destination({ fd: 1, sync: true }),
  );

export const LOGGER = Symbol('Logger');
