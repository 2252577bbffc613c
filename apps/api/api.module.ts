import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { ApplicationModule } from '#application/application.module';
import { AccessesToHandler } from '#projections/accesses/accesses.queries';
import { CasesOpenedByHandler, ReadCaseHandler } from '#projections/cases/case-file.queries';
import { ListCasesHandler } from '#projections/cases/cases.queries';
import { SearchDirectoryHandler } from '#projections/directory/directory.queries';
import { ListExchangesHandler, ReadExchangeHistoryHandler } from '#projections/exchange-history/exchange-history.queries';
import { ListForbiddenPairsHandler } from '#projections/forbidden-pairs/forbidden-pairs.queries';
import { ReadMatchQueueHandler } from '#projections/match-queue/match-queue.queries';
import { ShowAffairsHandler } from '#projections/member-page/affairs.queries';
import { AuthorsOfHandler } from '#projections/member-page/authors.queries';
import { LanguagesOfHandler } from '#projections/member-page/languages.queries';
import { ReadMatchHandler } from '#projections/member-page/match.queries';
import { ReadMemberPageHandler } from '#projections/member-page/member-page.queries';
import { NamesOfHandler } from '#projections/member-page/names.queries';
import { WrittenByHandler } from '#projections/member-page/written.queries';
import { DormantMembersHandler } from '#projections/risk/dormant-members.queries';
import { gapProvider } from '#projections/evaluation-gap';
import { riskQueryHandlers } from '#projections/risk/risk.queries';
import { ListRoundsHandler, OpenRoundHandler } from '#projections/rounds/rounds.queries';
import { satisfactionQueryHandlers } from '#projections/satisfaction/satisfaction.queries';
import { trainingHoursQueryHandlers } from '#projections/training-hours/training-hours.queries';
import type { Runtime } from '#read-store/subscriptions/runtime';
import { READ_STORE } from '#read-store/tokens';
import { TOPICS } from '#topics/topics.port';
import type { Installation } from '../installation/installation';
import { BearerGuard, TOKEN_VERIFIER } from './auth/bearer.guard';
import { PerIdentityGuard } from './auth/per-identity.guard';
import type { TokenVerifier } from './auth/tokens';
import { FailedAuthThrottle } from './auth/failed-auth-throttle';
import { LabelLanguage } from './queries/label-language';
import { logging } from '../telemetry/logging';
import { METRICS, type Metrics } from '../telemetry/metrics';
import { OutcomeInterceptor } from './commands/outcome.interceptor';
import { AsOfQueries } from './queries/as-of-queries';
import { ProblemFilter } from './problems/problem.filter';
import { LOG_ID, QueryRunner, WAIT_MS } from './queries/query-runner';
import { Seeing } from './queries/seeing';
import { LongRunningJobs } from './queries/long-running-jobs';
import { Validation } from './http/validation';
import { Feeds, FEED_SETTINGS } from './feeds/feeds';
import { CHANGES, ReadModelFeeds } from './feeds/read-model-feeds';
import { CasesController } from './routes/cases.controller';
import { CertificatesController } from './routes/certificates.controller';
import { CharterController } from './routes/charter.controller';
import { DirectoryController } from './routes/directory.controller';
import { EvaluationsController } from './routes/evaluations.controller';
import { ExchangesController } from './routes/exchanges.controller';
import { FollowingController } from './routes/following.controller';
import { FiguresController } from './routes/figures.controller';
import { FeedsController } from './routes/feeds.controller';
import { ForbiddenPairsController } from './routes/forbidden-pairs.controller';
import { HoursController } from './routes/hours.controller';
import { HealthController, RUNTIME } from '../telemetry/health.controller';
import { IncidentsController } from './routes/incidents.controller';
import { LedgersController } from './routes/ledgers.controller';
import { MatchesController } from './routes/matches.controller';
import { MembersController } from './routes/members.controller';
import { NetworkController } from './routes/network.controller';
import { NetworksController } from './routes/networks.controller';
import { OffersController } from './routes/offers.controller';
import { OperationsController } from './routes/operations.controller';
import { OversightController } from './routes/oversight.controller';
import { RoundView } from './routes/round-view';
import { RoundsController } from './routes/rounds.controller';
import { OwnData } from './routes/own-data';
import { OwnDataController } from './routes/own-data.controller';
import { PeopleController } from './routes/people.controller';
import { RequestsController } from './routes/requests.controller';

export interface ApiParts {
  readonly installation: Installation;
  readonly verifier: TokenVerifier;
  readonly metrics: Metrics;
  /** Null where projections run in a process of their own. */
  readonly runtime: Runtime | null;
  readonly logger: Logger;
  /** Which log this is: positions name it. */
  readonly logId: string;
  /** How long `?after=` waits for a read model. */
  readonly waitMs?: number;
  /** Milliseconds in which a request must arrive. */
  readonly requestMs?: number;
}

/** `members/me` and the like come before `members/:memberId`. */
export const controllers = [
  HealthController,
  NetworksController,
  FollowingController,
  DirectoryController,
  FiguresController,
  HoursController,
  FeedsController,
  CasesController,
  CharterController,
  PeopleController,
  OwnDataController,
  OversightController,
  RoundsController,
  OperationsController,
  CertificatesController,
  LedgersController,
  NetworkController,
  MembersController,
  OffersController,
  RequestsController,
  MatchesController,
  ForbiddenPairsController,
  ExchangesController,
  EvaluationsController,
  IncidentsController,
];

const queryHandlers = [
  SearchDirectoryHandler,
  ReadMatchQueueHandler,
  ReadMemberPageHandler,
  ReadMatchHandler,
  ShowAffairsHandler,
  ReadExchangeHistoryHandler,
  ListExchangesHandler,
  NamesOfHandler,
  LanguagesOfHandler,
  WrittenByHandler,
  AccessesToHandler,
  DormantMembersHandler,
  ListCasesHandler,
  ReadCaseHandler,
  CasesOpenedByHandler,
  ListForbiddenPairsHandler,
  AuthorsOfHandler,
  ListRoundsHandler,
  OpenRoundHandler,
  ...riskQueryHandlers,
  gapProvider,
  ...satisfactionQueryHandlers,
  ...trainingHoursQueryHandlers,
];

/** HTTP: parse, dispatch, answer. */
@Module({})
export class ApiModule {
  static with({ installation, verifier, metrics, runtime, logger, logId, waitMs = 5_000 }: ApiParts): DynamicModule {
    const { settings, ports, readStore, changes, topics } = installation;
    return {
      module: ApiModule,
      imports: [
        LoggerModule.forRoot(logging(logger)),
        ThrottlerModule.forRoot([{ ttl: 60_000, limit: settings.http.requestsPerMinute }]),
        ApplicationModule.register(ports),
      ],
      controllers,
      providers: [
        ...queryHandlers,
        QueryRunner,
        AsOfQueries,
        Seeing,
        LabelLanguage,
        LongRunningJobs,
        OwnData,
        RoundView,
        Feeds,
        ReadModelFeeds,
        { provide: FEED_SETTINGS, useValue: settings.feeds },
        { provide: CHANGES, useValue: changes },
        { provide: LOG_ID, useValue: logId },
        { provide: WAIT_MS, useValue: waitMs },
        { provide: READ_STORE, useValue: readStore },
        { provide: TOPICS, useValue: topics },
        { provide: TOKEN_VERIFIER, useValue: verifier },
        FailedAuthThrottle,
        { provide: METRICS, useValue: metrics },
        { provide: RUNTIME, useValue: { installation, runtime } },
        { provide: APP_GUARD, useClass: BearerGuard },
        { provide: APP_GUARD, useClass: PerIdentityGuard },
        { provide: APP_PIPE, useClass: Validation },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: OutcomeInterceptor },
      ],
    };
  }
}
