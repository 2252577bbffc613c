import { once } from 'node:events';
import { createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SettingError } from './settings';

export interface ListenAddress {
  readonly port: number;
  readonly host: string;
  /** Where the port was set; default PORT. */
  readonly variable?: string;
}

/** The port is taken: one sentence, exit code 75. */
export class PortBusy extends Error {
  readonly exitCode = 75;

  constructor({ port, variable = 'PORT' }: ListenAddress) {
    super(`Port ${port} is in use by another program: stop that one, or set ${variable} to another port.`);
  }
}

const listeningFault = (fault: unknown, place: ListenAddress): unknown => {
  const { port, host, variable = 'PORT' } = place;
  const { code } = fault as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return new PortBusy(place);
  if (code === 'EACCES') return new SettingError(variable, `a port that this user may listen on, not ${port}`);
  return code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' ? new SettingError('HOST', `an address of this machine, not ${host}`) : fault;
};

/** For who works long before listening: tells it first. @throws PortBusy */
export const refuseBusyPort = async (place: ListenAddress): Promise<void> => {
  const probe = createServer();
  try {
    await once(probe.listen(place.port, place.host), 'listening');
  } catch (fault) {
    throw listeningFault(fault, place);
  } finally {
    probe.close();
  }
};

/** Answers the URL that it listens on. @throws PortBusy, SettingError */
export const listen = async (app: NestFastifyApplication, place: ListenAddress): Promise<string> => {
  try {
    await app.listen({ port: place.port, host: place.host });
  } catch (fault) {
    throw listeningFault(fault, place);
  }
  return app.getUrl();
};
