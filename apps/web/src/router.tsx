import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { figuresSearch } from './areas/audit/figures-search';
import { dashboardSearch } from './areas/dashboards/dashboards-search';
import { proposeSearch, queueSearch } from './areas/facilitator/queue-search';
import { Landing } from './areas/landing/landing';
import { Fault } from './content/fault';
import { NetworkLayout } from './shell/network-layout';
import { NotFound } from './shell/not-found';
import { Shell } from './shell/shell';

/** The addresses of the site: one list, each area loaded when it is first opened. */
const root = createRootRoute({ notFoundComponent: () => <Shell children={<NotFound />} /> });

const landing = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: ({ returnTo }: Record<string, unknown>): { returnTo?: string } => (typeof returnTo === 'string' ? { returnTo } : {}),
  component: Landing,
});
const signInFailed = createRoute({
  getParentRoute: () => root,
  path: '/sign-in-failed',
  validateSearch: ({ reason }: Record<string, unknown>): { reason?: string } => (typeof reason === 'string' ? { reason } : {}),
  component: lazyRouteComponent(() => import('./areas/landing/sign-in-failed'), 'SignInFailed'),
});

const network = createRoute({ getParentRoute: () => root, path: '/n/$networkId', component: NetworkLayout });
const at = <const Path extends string>(path: Path) => ({ getParentRoute: () => network, path }) as const;

const myPage = createRoute({ ...at('/'), component: lazyRouteComponent(() => import('./areas/my-page/my-page'), 'MyPage') });
const join = createRoute({ ...at('/join'), component: lazyRouteComponent(() => import('./areas/join/join'), 'Join') });

/** What the directory is asked for; all of it in the address, so that it can be sent to somebody. */
export interface DirectorySearch {
  readonly kind?: 'offer' | 'request';
  readonly text?: string;
  readonly level?: 'beginner' | 'practised' | 'advanced';
  readonly language?: 'fr' | 'en';
  readonly place?: 'site' | 'remote' | 'either';
  readonly site?: string;
}

const oneOf = <Value extends string>(value: unknown, allowed: readonly Value[]): Value | undefined => allowed.find((one) => one === value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const given = <Search extends object>(search: Search): Search =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as Search;

const directory = createRoute({
  ...at('/directory'),
  validateSearch: (search: Record<string, unknown>): DirectorySearch =>
    given({
      kind: oneOf(search['kind'], ['offer', 'request']),
      text: text(search['text']),
      level: oneOf(search['level'], ['beginner', 'practised', 'advanced']),
      language: oneOf(search['language'], ['fr', 'en']),
      place: oneOf(search['place'], ['site', 'remote', 'either']),
      site: text(search['site']),
    }) as DirectorySearch,
  component: lazyRouteComponent(() => import('./areas/directory/directory'), 'Directory'),
});

const publish = createRoute({
  ...at('/publish/$kind'),
  component: lazyRouteComponent(() => import('./areas/my-page/publish'), 'Publish'),
});
const match = createRoute({ ...at('/matches/$matchId'), component: lazyRouteComponent(() => import('./areas/match/match'), 'MatchPage') });
const mediation = createRoute({
  ...at('/mediation'),
  component: lazyRouteComponent(() => import('./areas/mediator/desk'), 'MediatorDesk'),
});
const mediated = createRoute({
  ...at('/mediation/$matchId'),
  component: lazyRouteComponent(() => import('./areas/mediator/meeting'), 'MediatedMeeting'),
});

const facilitation = createRoute({
  ...at('/facilitation'),
  component: lazyRouteComponent(() => import('./areas/facilitator/layout'), 'FacilitationLayout'),
});
const desk = <const Path extends string>(path: Path) => ({ getParentRoute: () => facilitation, path }) as const;
const facilitatorPages = [
  createRoute({
    ...desk('/'),
    validateSearch: queueSearch,
    component: lazyRouteComponent(() => import('./areas/facilitator/queue'), 'MatchQueue'),
  }),
  createRoute({ ...desk('/rounds'), component: lazyRouteComponent(() => import('./areas/facilitator/rounds'), 'Rounds') }),
  createRoute({ ...desk('/rounds/$roundId'), component: lazyRouteComponent(() => import('./areas/facilitator/round'), 'Round') }),
  createRoute({
    ...desk('/rounds/scarcity'),
    component: lazyRouteComponent(() => import('./areas/facilitator/explaining/scarcity'), 'ScarcityReport'),
  }),
  createRoute({
    ...desk('/propose'),
    validateSearch: proposeSearch,
    component: lazyRouteComponent(() => import('./areas/facilitator/propose'), 'Propose'),
  }),
  createRoute({ ...desk('/drafts'), component: lazyRouteComponent(() => import('./areas/facilitator/drafts'), 'HelpToWord') }),
  createRoute({ ...desk('/cases'), component: lazyRouteComponent(() => import('./areas/facilitator/cases'), 'Cases') }),
  createRoute({ ...desk('/cases/$caseId'), component: lazyRouteComponent(() => import('./areas/facilitator/case'), 'CasePage') }),
  createRoute({ ...desk('/pairs'), component: lazyRouteComponent(() => import('./areas/facilitator/pairs'), 'ForbiddenPairs') }),
  createRoute({ ...desk('/dormant'), component: lazyRouteComponent(() => import('./areas/facilitator/dormant'), 'Dormant') }),
  createRoute({ ...desk('/fair'), component: lazyRouteComponent(() => import('./areas/facilitator/fair'), 'Fair') }),
  createRoute({ ...desk('/import'), component: lazyRouteComponent(() => import('./areas/facilitator/import'), 'Import') }),
] as const;

const operations = createRoute({
  ...at('/operations'),
  component: lazyRouteComponent(() => import('./areas/operations/layout'), 'OperationsLayout'),
});
const operating = <const Path extends string>(path: Path) => ({ getParentRoute: () => operations, path }) as const;
const operatorPages = [
  createRoute({ ...operating('/'), component: lazyRouteComponent(() => import('./areas/operations/projections'), 'Projections') }),
  createRoute({ ...operating('/acts'), component: lazyRouteComponent(() => import('./areas/operations/acts'), 'OperatorActs') }),
  createRoute({ ...operating('/$name'), component: lazyRouteComponent(() => import('./areas/operations/projection'), 'ProjectionPage') }),
] as const;

const audit = createRoute({ ...at('/audit'), component: lazyRouteComponent(() => import('./areas/audit/layout'), 'AuditLayout') });
const auditPages = [
  createRoute({
    getParentRoute: () => audit,
    path: '/',
    validateSearch: ({ exchange }: Record<string, unknown>): { exchange?: string } => (typeof exchange === 'string' ? { exchange } : {}),
    component: lazyRouteComponent(() => import('./areas/audit/replay'), 'Replay'),
  }),
  createRoute({
    getParentRoute: () => audit,
    path: '/figures',
    validateSearch: figuresSearch,
    component: lazyRouteComponent(() => import('./areas/audit/figures'), 'Figures'),
  }),
  createRoute({
    getParentRoute: () => audit,
    path: '/event',
    validateSearch: ({ event }: Record<string, unknown>): { event?: string } => (typeof event === 'string' ? { event } : {}),
    component: lazyRouteComponent(() => import('./areas/audit/event'), 'EventPage'),
  }),
  createRoute({
    getParentRoute: () => audit,
    path: '/identity',
    component: lazyRouteComponent(() => import('./areas/audit/identity'), 'Identity'),
  }),
  createRoute({
    getParentRoute: () => audit,
    path: '/proofs',
    component: lazyRouteComponent(() => import('./areas/audit/proofs'), 'Proofs'),
  }),
] as const;

const protection = createRoute({
  ...at('/data-protection'),
  component: lazyRouteComponent(() => import('./areas/data-protection/layout'), 'DataProtectionLayout'),
});
const protecting = <const Path extends string>(path: Path) => ({ getParentRoute: () => protection, path }) as const;
const protectionPages = [
  createRoute({ ...protecting('/'), component: lazyRouteComponent(() => import('./areas/data-protection/erasures'), 'Erasures') }),
  createRoute({
    ...protecting('/access'),
    component: lazyRouteComponent(() => import('./areas/data-protection/access-request'), 'AccessRequest'),
  }),
  createRoute({
    ...protecting('/identity'),
    component: lazyRouteComponent(() => import('./areas/data-protection/identity'), 'OfficerIdentity'),
  }),
  createRoute({
    ...protecting('/retention'),
    component: lazyRouteComponent(() => import('./areas/data-protection/retention'), 'Retention'),
  }),
] as const;
const settings = createRoute({
  ...at('/network'),
  component: lazyRouteComponent(() => import('./areas/network/layout'), 'NetworkSettingsLayout'),
});
const setting = <const Path extends string>(path: Path) => ({ getParentRoute: () => settings, path }) as const;
const leadPages = [
  createRoute({ ...setting('/'), component: lazyRouteComponent(() => import('./areas/network/policy'), 'Policy') }),
  createRoute({ ...setting('/charter'), component: lazyRouteComponent(() => import('./areas/network/charter'), 'CharterPage') }),
  createRoute({ ...setting('/mediators'), component: lazyRouteComponent(() => import('./areas/network/mediators'), 'Mediators') }),
] as const;

const trainingHours = createRoute({
  ...at('/training-hours'),
  component: lazyRouteComponent(() => import('./areas/hr/training-hours'), 'TrainingHours'),
});

const about = createRoute({ ...at('/about'), component: lazyRouteComponent(() => import('./areas/about/about'), 'About') });
const entry = createRoute({ ...at('/entries/$entryId'), component: lazyRouteComponent(() => import('./areas/my-page/revise'), 'Revise') });
const exchange = createRoute({
  ...at('/exchanges/$exchangeId'),
  component: lazyRouteComponent(() => import('./areas/exchange/exchange'), 'ExchangePage'),
});
const evaluate = createRoute({
  ...at('/exchanges/$exchangeId/evaluation'),
  component: lazyRouteComponent(() => import('./areas/exchange/evaluate'), 'Evaluate'),
});
const followUp = createRoute({
  ...at('/exchanges/$exchangeId/follow-up'),
  component: lazyRouteComponent(() => import('./areas/exchange/follow-up'), 'FollowUp'),
});
const hours = createRoute({
  ...at('/hours'),
  validateSearch: ({ year }: Record<string, unknown>): { year?: number } => (Number.isInteger(year) ? { year: Number(year) } : {}),
  component: lazyRouteComponent(() => import('./areas/hours/hours'), 'HoursPage'),
});
const account = createRoute({ ...at('/account'), component: lazyRouteComponent(() => import('./areas/account/account'), 'Account') });
const incident = createRoute({
  ...at('/incident'),
  validateSearch: ({ exchangeId }: Record<string, unknown>): { exchangeId?: string } =>
    typeof exchangeId === 'string' ? { exchangeId } : {},
  component: lazyRouteComponent(() => import('./areas/incident/report-incident'), 'ReportIncident'),
});

const dashboards = createRoute({
  ...at('/dashboards'),
  validateSearch: dashboardSearch,
  component: lazyRouteComponent(() => import('./areas/dashboards/layout'), 'DashboardsLayout'),
});
const dashboard = <const Path extends string>(path: Path) => ({ getParentRoute: () => dashboards, path }) as const;
const dashboardPages = [
  createRoute({ ...dashboard('/'), component: lazyRouteComponent(() => import('./areas/dashboards/risk'), 'Risk') }),
  createRoute({
    ...dashboard('/risk/$indicator'),
    component: lazyRouteComponent(() => import('./areas/dashboards/indicator'), 'IndicatorPage'),
  }),
  createRoute({ ...dashboard('/flow'), component: lazyRouteComponent(() => import('./areas/dashboards/flow'), 'Flow') }),
  createRoute({ ...dashboard('/topics'), component: lazyRouteComponent(() => import('./areas/dashboards/topics'), 'TopicsInNeed') }),
  createRoute({
    ...dashboard('/satisfaction'),
    component: lazyRouteComponent(() => import('./areas/dashboards/satisfaction'), 'Satisfaction'),
  }),
  createRoute({
    ...dashboard('/satisfaction/$indicator'),
    component: lazyRouteComponent(() => import('./areas/dashboards/satisfaction-figure'), 'SatisfactionFigurePage'),
  }),
  createRoute({ ...dashboard('/hours'), component: lazyRouteComponent(() => import('./areas/dashboards/hours'), 'NetworkHours') }),
] as const;

const memberPages = [about, entry, exchange, evaluate, followUp, hours, account, incident] as const;

export const router = createRouter({
  routeTree: root.addChildren([
    landing,
    signInFailed,
    network.addChildren([
      myPage,
      join,
      directory,
      publish,
      match,
      mediation,
      mediated,
      facilitation.addChildren(facilitatorPages),
      settings.addChildren(leadPages),
      trainingHours,
      dashboards.addChildren(dashboardPages),
      operations.addChildren(operatorPages),
      audit.addChildren(auditPages),
      protection.addChildren(protectionPages),
      ...memberPages,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error, reset }) => <Fault fault={error} onRetry={reset} />,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
