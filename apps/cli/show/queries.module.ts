import 'reflect-metadata';
import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { SearchDirectoryHandler } from '#projections/directory/directory.queries';
import { ListExchangesHandler } from '#projections/exchange-history/exchange-history.queries';
import { ReadMatchQueueHandler } from '#projections/match-queue/match-queue.queries';
import { DormantMembersHandler } from '#projections/risk/dormant-members.queries';
import { gapProvider } from '#projections/evaluation-gap';
import { riskQueryHandlers } from '#projections/risk/risk.queries';
import { satisfactionQueryHandlers } from '#projections/satisfaction/satisfaction.queries';
import { trainingHoursQueryHandlers } from '#projections/training-hours/training-hours.queries';
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
      providers: [
        SearchDirectoryHandler,
        ReadMatchQueueHandler,
        ListExchangesHandler,
        DormantMembersHandler,
        ...riskQueryHandlers,
        gapProvider,
        ...satisfactionQueryHandlers,
        ...trainingHoursQueryHandlers,
        { provide: READ_STORE, useValue: readStore },
        { provide: TOPICS, useValue: topics },
      ],
    };
  }
}

export const queriesOf = (installation: Installation): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(QueriesModule.on(installation), { logger: false });
