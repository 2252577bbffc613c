import 'reflect-metadata';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { ApiModule, type ApiParts } from './api.module';
import { serveDocument } from './openapi/document';
import { RUNTIME, type Running } from './routes/health.controller';

/** The site and the reader of the document need inline styles; nothing else is let in. */
const CONTENT = {
  directives: {
    defaultSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    upgradeInsecureRequests: null,
  },
};

/** Builds the API, not yet listening. */
export const createApi = async (parts: ApiParts): Promise<NestFastifyApplication> => {
  const { http } = parts.installation.settings;
  const adapter = new FastifyAdapter({ bodyLimit: http.bodyLimitBytes, trustProxy: false, forceCloseConnections: 'idle' });
  const api = await NestFactory.create<NestFastifyApplication>(ApiModule.with(parts), adapter, { bufferLogs: true });
  api.useLogger(api.get(Logger));
  await api.register(helmet as never, { contentSecurityPolicy: CONTENT });
  serveDocument(api);
  await api.init();
  return api;
};

/** Not ready first, so that no new request is sent here; then what is under way ends. */
export const stopApi = async (api: NestFastifyApplication): Promise<void> => {
  api.get<Running>(RUNTIME).stopping = true;
  await api.close();
};
