import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

@Controller()
class LiveController {
  @Get('health/live')
  live() {
    return { live: true };
  }

  @Get('health/ready')
  ready() {
    return { ready: true };
  }
}

@Module({ controllers: [LiveController] })
class BareModule {}

/** Nest and Fastify as they come, in a process of their own: no guard, no limit, no header of safety, no log, no metric. */
const main = async (): Promise<void> => {
  const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), { logger: false });
  await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
};

void main();
