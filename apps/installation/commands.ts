import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApplicationModule } from '#application/application.module';
import type { Installation } from './installation';

/** The use cases on their command bus, without HTTP. */
export const commandsOf = ({ ports }: Pick<Installation, 'ports'>): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(ApplicationModule.register(ports), { logger: false });
