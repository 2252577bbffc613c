import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { METRICS, type Metrics } from '../telemetry/metrics';
import { HealthController, RUNTIME, type Running } from '../telemetry/health.controller';

/** What a service manager and Prometheus ask of a projector: the API's own health routes, and no other. */
@Module({})
export class ProbesModule {
  static with(running: Running, metrics: Metrics): DynamicModule {
    return {
      module: ProbesModule,
      controllers: [HealthController],
      providers: [
        { provide: RUNTIME, useValue: running },
        { provide: METRICS, useValue: metrics },
      ],
    };
  }
}

/** Builds the probes, not yet listening; what goes wrong is told by whoever starts them. */
export const createProbes = (running: Running, metrics: Metrics): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({ forceCloseConnections: true });
  return NestFactory.create<NestFastifyApplication>(ProbesModule.with(running, metrics), adapter, { logger: false });
};
