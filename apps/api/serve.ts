import { once } from 'node:events';
import { createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { JWTVerifyGetKey } from 'jose';
import type { DestinationStream } from 'pino';
import type { Installation } from '../installation/installation.module';
import { SettingError } from '../installation/settings';
import { createApi, stopApi } from './api';
import { createTokenVerifier } from './auth/tokens';
import { developmentIdentities } from './auth/development-identities';
import { createLogger } from './edge/logging';
import { createMetrics } from './edge/metrics';

export interface Served {
  readonly api: NestFastifyApplication;
  readonly url: string;
  stop(): Promise<void>;
}

/** What tests choose; everybody else takes the defaults. */
export interface ServeOptions {
  /** Where log lines go; default stdout. */
  readonly logTo?: DestinationStream;
  readonly waitMs?: number;
  /** Between two looks at the identity provider's keys, however many unknown ones come; default 30 s. */
  readonly keysCooldownMs?: number;
}

const remoteKeys = async (url: string, cooldownDuration = 30_000): Promise<JWTVerifyGetKey> => {
  const { createRemoteJWKSet } = await import('jose');
  return createRemoteJWKSet(new URL(url), { cooldownDuration }) as JWTVerifyGetKey;
};

/** The port is taken: one sentence, exit code 75. */
export class PortBusy extends Error {
  readonly exitCode = 75;

  constructor(port: number) {
    super(`Port ${port} is in use by another program: stop that one, or set PORT to another port.`);
  }
}

interface Place {
  readonly port: number;
  readonly host: string;
}

const listeningFault = (fault: unknown, { port, host }: Place): unknown => {
  const { code } = fault as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return new PortBusy(port);
  if (code === 'EACCES') return new SettingError('PORT', `a port that this user may listen on, not ${port}`);
  return code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' ? new SettingError('HOST', `an address of this machine, not ${host}`) : fault;
};

/** For who works long before listening: tells it first. @throws PortBusy */
export const refuseBusyPort = async ({ port, host }: Place): Promise<void> => {
  const probe = createServer();
  try {
    await once(probe.listen(port, host), 'listening');
  } catch (fault) {
    throw listeningFault(fault, { port, host });
  } finally {
    probe.close();
  }
};

/** API, and unless settings say otherwise the projector, on one installation. */
export const serve = async (installation: Installation, options: ServeOptions = {}): Promise<Served> => {
  const { settings } = installation;
  const { jwks } = settings.tokens;
  const keys = jwks === null ? (await developmentIdentities(settings)).keys : () => remoteKeys(jwks, options.keysCooldownMs);
  const verifier = createTokenVerifier(settings.tokens, keys);
  const metrics = createMetrics(() => runtime, installation.subscriptions);
  const onRejected = (process: string, code: string): void => metrics.rejectedOrders.inc({ process, code });
  const logger = createLogger(settings, options.logTo);
  const runtime = settings.projector ? await installation.startRuntime({ onRejected, logger }) : null;
  if (!runtime) await installation.prepareReadModels();
  const logId = await installation.log.logId();
  const api = await createApi({
    logId,
    installation,
    verifier,
    metrics,
    runtime,
    logger,
    ...(options.waitMs ? { waitMs: options.waitMs } : {}),
  });
  const stop = async (): Promise<void> => {
    await stopApi(api, settings.http.drainSeconds * 1000);
    await runtime?.stop();
  };
  try {
    await api.listen({ port: settings.http.port, host: settings.http.host });
  } catch (fault) {
    await stop();
    throw listeningFault(fault, settings.http);
  }
  return { api, url: await api.getUrl(), stop };
};
