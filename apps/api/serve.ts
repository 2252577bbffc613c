import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ExportedJWKSCache } from 'jose';
import type { DestinationStream } from 'pino';
import { readModels } from '#projections/read-models';
import type { Installation } from '../installation/installation';
import { createApi, stopApi } from './api';
import { createTokenVerifier, type TokenKeys } from './auth/tokens';
import { SignIn } from './sign-in/sign-in';
import { developmentIdentities, type DevelopmentIdentities } from '../installation/development-identities';
import { createLogger } from '../telemetry/logging';
import { createMetrics } from '../telemetry/metrics';
import { listen } from '../installation/listening';

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
  /** How long a request may take to arrive; default 30 s. */
  readonly requestMs?: number;
  /** Between two looks at the identity provider's keys, however many unknown ones come; default 30 s. */
  readonly keysCooldownMs?: number;
}

type KeySource = () => Promise<TokenKeys>;

const remoteKeys =
  (url: string, cooldownDuration = 30_000): KeySource =>
  async () => {
    const { createRemoteJWKSet, jwksCache } = await import('jose');
    const read: Partial<ExportedJWKSCache> = {};
    const key = createRemoteJWKSet(new URL(url), { cooldownDuration, [jwksCache]: read });
    return { key, present: () => (key.fresh ? (read.jwks ?? null) : null) };
  };

const ownKeys =
  ({ keys }: DevelopmentIdentities): KeySource =>
  async () => {
    const key = await keys();
    return { key, present: () => key };
  };

/** API, and unless settings say otherwise the projector, on one installation. */
export const serve = async (installation: Installation, options: ServeOptions = {}): Promise<Served> => {
  const { settings } = installation;
  const { jwks } = settings.tokens;
  const keys = jwks === null ? ownKeys(await developmentIdentities(settings)) : remoteKeys(jwks, options.keysCooldownMs);
  const verifier = createTokenVerifier(settings.tokens, keys);
  const metrics = createMetrics(() => runtime, installation.subscriptions);
  const onRejected = (process: string, code: string): void => metrics.rejectedCommands.inc({ process, code });
  const logger = createLogger(settings, options.logTo);
  const runtime = settings.projector ? await installation.startRuntime({ onRejected, logger }) : null;
  if (!runtime) await installation.prepareReadModels();
  await installation.asOf.evict(readModels);
  const logId = await installation.log.logId();
  let origin = settings.publicUrl;
  const signIn = new SignIn({ installation, verifier, logger, origin: () => origin ?? '' });
  const api = await createApi({
    logId,
    installation,
    verifier,
    signIn,
    metrics,
    runtime,
    logger,
    ...(options.waitMs ? { waitMs: options.waitMs } : {}),
    ...(options.requestMs ? { requestMs: options.requestMs } : {}),
  });
  const stop = async (): Promise<void> => {
    signIn.stop();
    await stopApi(api, settings.http.drainSeconds * 1000);
    await runtime?.stop();
  };
  try {
    const url = await listen(api, settings.http);
    origin ??= url;
    return { api, url, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
};
