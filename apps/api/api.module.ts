import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import type { Logger } from 'pino';
import { ApplicationModule } from '#application/application.module';
import { queryHandlers } from '#projections/query-handlers';
import type { Runtime } from '#read-store/subscriptions/runtime';
import { READ_STORE } from '#read-store/tokens';
import { TOPICS } from '#topics/topics.port';
import type { Installation } from '../installation/installation';
import { BearerGuard, TOKEN_VERIFIER } from './auth/bearer.guard';
import { PerIdentityGuard } from './auth/per-identity.guard';
import type { TokenVerifier } from './auth/tokens';
import { RateLimits } from './auth/rate-limits';
import { LabelLanguage } from './queries/label-language';
import { LOGGER } from '../telemetry/logging';
import { METRICS, type Metrics } from '../telemetry/metrics';
import { AccessRecorder } from './commands/access-recorder';
import { AsOfQueries } from './queries/as-of-queries';
import { ProblemFilter } from './problems/problem.filter';
import { LOG_ID, QueryRunner, WAIT_MS } from './queries/query-runner';
import { NetworksOfHolder } from './queries/networks-of-holder';
import { OpenNetworks } from './queries/open-networks';
import { Visibility } from './queries/visibility';
import { LongRunningJobs } from './queries/long-running-jobs';
import { Validation } from './http/validation';
import { Feeds, FEED_SETTINGS } from './feeds/feeds';
import { CHANGES, ReadModelFeeds } from './feeds/read-model-feeds';
import { HealthController, RUNTIME } from '../telemetry/health.controller';
import { AccessesController } from './routes/audit/accesses.controller';
import { AuditController } from './routes/audit/audit.controller';
import { AuditDesks } from './routes/audit/audit-desks';
import { EvidenceController, LOG_TREE } from './routes/audit/evidence.controller';
import { CasesController } from './routes/cases/cases.controller';
import { IncidentsController } from './routes/cases/incidents.controller';
import { DirectoryController } from './routes/directory/directory.controller';
import { OffersController } from './routes/directory/offers.controller';
import { RequestsController } from './routes/directory/requests.controller';
import { EvaluationsController } from './routes/exchanges/evaluations.controller';
import { ExchangesController } from './routes/exchanges/exchanges.controller';
import { SessionsController } from './routes/exchanges/sessions.controller';
import { FeedsController } from './routes/feeds/feeds.controller';
import { RiskController } from './routes/figures/risk.controller';
import { SatisfactionController } from './routes/figures/satisfaction.controller';
import { TrainingHoursController } from './routes/figures/training-hours.controller';
import { MatchQueueController } from './routes/matches/match-queue.controller';
import { MatchesController } from './routes/matches/matches.controller';
import { Explanations } from './routes/matches/explanations';
import { ExplanationView } from './routes/matches/explanation-view';
import { RoundExplanationsController } from './routes/matches/round-explanations.controller';
import { RoundView } from './routes/matches/round-view';
import { RoundsController } from './routes/matches/rounds.controller';
import { ErasuresController } from './routes/members/erasures.controller';
import { MembersController } from './routes/members/members.controller';
import { OwnData } from './routes/members/own-data';
import { OwnDataController } from './routes/members/own-data.controller';
import { CharterController } from './routes/network/charter.controller';
import { ForbiddenPairsController } from './routes/network/forbidden-pairs.controller';
import { MediatorsController } from './routes/network/mediators.controller';
import { NetworksController } from './routes/network/networks.controller';
import { OperationsController } from './routes/operations/operations.controller';
import { ProjectionsController } from './routes/operations/projections.controller';
import { RetentionRunsController } from './routes/operations/retention-runs.controller';
import { SignIn } from './sign-in/sign-in';
import { SignInController } from './sign-in/sign-in.controller';

export interface ApiParts {
  readonly installation: Installation;
  readonly verifier: TokenVerifier;
  readonly signIn: SignIn;
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

/** Operation ids and tags of the OpenAPI document are their names. */
export const controllers = [
  HealthController,
  SignInController,
  NetworksController,
  CharterController,
  MediatorsController,
  ForbiddenPairsController,
  OwnDataController,
  ErasuresController,
  MembersController,
  DirectoryController,
  OffersController,
  RequestsController,
  MatchQueueController,
  MatchesController,
  RoundsController,
  RoundExplanationsController,
  ExchangesController,
  SessionsController,
  EvaluationsController,
  AccessesController,
  AuditController,
  EvidenceController,
  CasesController,
  IncidentsController,
  RiskController,
  SatisfactionController,
  TrainingHoursController,
  FeedsController,
  OperationsController,
  ProjectionsController,
  RetentionRunsController,
];

/** HTTP: parse, dispatch, answer. */
@Module({})
export class ApiModule {
  static with({ installation, verifier, signIn, metrics, runtime, logger, logId, waitMs = 5_000 }: ApiParts): DynamicModule {
    const { settings, ports, readStore, changes, topics, tree, pool } = installation;
    const { requestsPerMinute: perMinute, sharedRateLimits: shared } = settings.http;
    return {
      module: ApiModule,
      imports: [ApplicationModule.register(ports)],
      controllers,
      providers: [
        ...queryHandlers,
        AccessRecorder,
        QueryRunner,
        AsOfQueries,
        Visibility,
        LabelLanguage,
        LongRunningJobs,
        AuditDesks,
        OwnData,
        RoundView,
        Explanations,
        ExplanationView,
        NetworksOfHolder,
        OpenNetworks,
        Feeds,
        ReadModelFeeds,
        { provide: FEED_SETTINGS, useValue: settings.feeds },
        { provide: CHANGES, useValue: changes },
        { provide: LOG_ID, useValue: logId },
        { provide: WAIT_MS, useValue: waitMs },
        { provide: READ_STORE, useValue: readStore },
        { provide: TOPICS, useValue: topics },
        { provide: LOG_TREE, useValue: tree },
        { provide: TOKEN_VERIFIER, useValue: verifier },
        { provide: SignIn, useValue: signIn },
        { provide: RateLimits, useFactory: () => (shared ? RateLimits.shared(perMinute, pool) : RateLimits.inMemory(perMinute)) },
        { provide: METRICS, useValue: metrics },
        { provide: LOGGER, useValue: logger },
        { provide: RUNTIME, useValue: { installation, runtime } },
        { provide: APP_GUARD, useClass: BearerGuard },
        { provide: APP_GUARD, useClass: PerIdentityGuard },
        { provide: APP_PIPE, useClass: Validation },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
