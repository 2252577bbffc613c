import type { Log } from '#event-store/log.port';

export type Keys = Log;
