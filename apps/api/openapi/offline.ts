import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Installation } from '../../installation/installation';
import { readSettings } from '../../installation/settings';
import { ApiModule } from '../api.module';
import type { SignIn } from '../sign-in/sign-in';
import { createLogger } from '../../telemetry/logging';
import { createMetrics } from '../../telemetry/metrics';
import { openApiDocument } from './document';

/** Routes and their rules without a database: nothing behind them is ever asked. */
export const documentOffline = async (): Promise<OpenAPIObject> => {
  const installation = { settings: readSettings({ LOG_LEVEL: 'silent' }), ports: {}, readStore: {}, topics: {} } as Installation;
  const verifier = { verify: () => Promise.reject(new Error('no tokens here')) };
  const module = ApiModule.with({
    logId: '',
    installation,
    verifier,
    signIn: {} as SignIn,
    metrics: createMetrics(() => null),
    runtime: null,
    logger: createLogger(installation.settings),
  });
  const api = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  try {
    return openApiDocument(api);
  } finally {
    await api.close();
  }
};
