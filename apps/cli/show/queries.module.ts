import 'reflect-metadata';
import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { queryHandlers } from '#projections/query-handlers';
import { READ_STORE } from '#read-store/tokens';
import { TOPICS } from '#topics/topics.port';
import type { Installation } from '../../installation/installation';

/** Queries on Nest's query bus, without HTTP. */
@Module({})
class QueriesModule {
  static on({ readStore, topics }: Installation): DynamicModule {
    return {
      module: QueriesModule,
      imports: [CqrsModule.forRoot()],
      providers: [...queryHandlers, { provide: READ_STORE, useValue: readStore }, { provide: TOPICS, useValue: topics }],
    };
  }
}

export const queriesOf = (installation: Installation): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(QueriesModule.on(installation), { logger: false });
