import type { Log } from '#event-store/log.port';

export const useCase = (log: Log): Log => log;
