import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RUNNING_ROUNDS } from '#application/dispatch/tokens';
import type { RunningRounds } from '#application/round/running-rounds';
import { stopComputations } from '#read-store/worker/worker-computation';
import { ApiModule, type ApiParts } from './api.module';
import { answerOutcomes } from './commands/answer-outcomes';
import { readJsonAlone } from './http/body';
import { refuseOtherMethods } from './http/known-routes';
import { observe } from './http/observe';
import { sendSafely } from './http/safety-headers';
import { writeProblem } from './problems/problem.filter';
import { problemOfStatus } from './problems/problem-of';
import { endUnaskedConnections } from './http/idle-connections';
import { refuseExpectation, refuseUnread } from './http/client-errors';
import { serveDocument } from './openapi/document';
import { serveRules } from './openapi/rules-page';
import { serveSite } from './web/site';
import { frameworkLog } from '../telemetry/framework-log';
import { RUNTIME, type Running } from '../telemetry/health.controller';

/** A body that drips holds a connection, and what waits for it. */
const REQUEST_MS = 30_000;

const adapterFor = ({ installation, logger, requestMs = REQUEST_MS }: ApiParts): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: installation.settings.http.bodyLimitBytes,
    trustProxy: false,
    forceCloseConnections: 'idle',
    requestTimeout: requestMs,
    // Node ends no request before it would end its headers
    http: { headersTimeout: requestMs, requestTimeout: requestMs, connectionsCheckingInterval: Math.min(requestMs, 5_000) },
    // one for the framework, the log and the problem; never one that a client chose
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    clientErrorHandler: refuseUnread,
    // an address that cannot be decoded never reaches a route
    frameworkErrors: (_: unknown, request: FastifyRequest, reply: FastifyReply) => {
      const { id, method } = request;
      logger.info({ reqId: id, method, route: 'unknown', ids: {}, status: 400, ms: 0 }, 'request');
      writeProblem(reply, request, problemOfStatus(400));
    },
  });

/** Builds the API, not yet listening. */
export const createApi = async (parts: ApiParts): Promise<NestFastifyApplication> => {
  const adapter = adapterFor(parts);
  const server = adapter.getInstance<FastifyInstance>();
  sendSafely(server);
  observe(server, parts.logger, parts.metrics);
  refuseOtherMethods(server);
  endUnaskedConnections(server);
  readJsonAlone(server);
  answerOutcomes(server, parts.logId);
  server.server.on('checkExpectation', refuseExpectation);
  const api = await NestFactory.create<NestFastifyApplication>(ApiModule.with(parts), adapter, {
    bodyParser: false,
    logger: ['fatal', 'error', 'warn'],
  });
  serveDocument(api);
  serveRules(server);
  serveSite(server);
  await api.init();
  api.useLogger(frameworkLog(parts.logger));
  return api;
};

/** Not ready first, and for a while, so that no new request is sent here; then what is under way ends. */
export const stopApi = async (api: NestFastifyApplication, drainMs: number): Promise<void> => {
  api.get<Running>(RUNTIME).stopping = true;
  if (drainMs > 0) await sleep(drainMs);
  // what takes longer than the drain is not waited for
  stopComputations();
  api.get<RunningRounds>(RUNNING_ROUNDS, { strict: false }).stopAll();
  await api.close();
};
