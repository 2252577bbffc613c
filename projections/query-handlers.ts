import { AccessesToHandler, ListAccessesHandler } from './accesses/accesses.queries';
import { CasesOpenedByHandler, ReadCaseHandler } from './cases/case-file.queries';
import { ListCasesHandler } from './cases/cases.queries';
import { SearchDirectoryHandler } from './directory/directory.queries';
import { ListExchangesHandler, ReadExchangeHistoryHandler } from './exchange-history/exchange-history.queries';
import { StreamsOfExchangeHandler } from './exchange-streams/exchange-streams.queries';
import { ListErasuresHandler, ReadErasureHandler } from './erasures/erasures.queries';
import { ListForbiddenPairsHandler } from './forbidden-pairs/forbidden-pairs.queries';
import { ReadMatchQueueHandler } from './match-queue/match-queue.queries';
import { ShowAffairsHandler } from './member-page/affairs.queries';
import { AuthorsOfHandler } from './member-page/authors.queries';
import { LanguagesOfHandler } from './member-page/languages.queries';
import { ReadMatchHandler } from './member-page/match.queries';
import { ReadMemberPageHandler } from './member-page/member-page.queries';
import { MembersByNameHandler } from './member-page/members-by-name.queries';
import { NamesOfHandler } from './member-page/names.queries';
import { WrittenByHandler } from './member-page/written.queries';
import { DormantMembersHandler } from './risk/dormant-members.queries';
import { PreviewRetentionHandler } from './retention/retention.queries';
import { ListRetentionRunsHandler } from './retention/retention-runs.queries';
import { gapProvider } from './evaluation-gap';
import { riskQueryHandlers } from './risk/risk.queries';
import { ListRoundsHandler, OpenRoundHandler } from './rounds/rounds.queries';
import { satisfactionQueryHandlers } from './satisfaction/satisfaction.queries';
import { trainingHoursQueryHandlers } from './training-hours/training-hours.queries';

/** All of the query bus; they ask the read store, and the taxonomy’s labels. */
export const queryHandlers = [
  AccessesToHandler,
  ListAccessesHandler,
  CasesOpenedByHandler,
  ReadCaseHandler,
  ListCasesHandler,
  SearchDirectoryHandler,
  ListErasuresHandler,
  ReadErasureHandler,
  ListExchangesHandler,
  ReadExchangeHistoryHandler,
  StreamsOfExchangeHandler,
  ListForbiddenPairsHandler,
  ReadMatchQueueHandler,
  ShowAffairsHandler,
  AuthorsOfHandler,
  LanguagesOfHandler,
  ReadMatchHandler,
  ReadMemberPageHandler,
  MembersByNameHandler,
  NamesOfHandler,
  WrittenByHandler,
  DormantMembersHandler,
  gapProvider,
  ...riskQueryHandlers,
  PreviewRetentionHandler,
  ListRetentionRunsHandler,
  ListRoundsHandler,
  OpenRoundHandler,
  ...satisfactionQueryHandlers,
  ...trainingHoursQueryHandlers,
];
