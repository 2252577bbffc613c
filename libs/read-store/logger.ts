/** As pino's. Nothing personal is ever given to it. */
export interface RuntimeLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export const silentLogger: RuntimeLogger = { info: () => undefined, warn: () => undefined };
