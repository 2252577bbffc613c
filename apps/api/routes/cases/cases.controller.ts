import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import type { Instant } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { judgementBehind } from '#application/processes/risk-watch.process';
import type { ApplicationPorts } from '#application/application.module';
import { APPLICATION_PORTS, NETWORK_FACTS } from '#application/dispatch/tokens';
import { ReadCase, type CaseFile } from '#projections/cases/case-file.queries';
import { ListCases, type Asker } from '#projections/cases/cases.queries';
import type { Indicator } from '#projections/risk/figure';
import { AUDITORS_ALONE, RiskAt, RiskEvidence } from '#projections/risk/risk.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { linesOf } from '../../../audit/event-lines';
import { After, type Token } from '../../queries/consistency-token';
import { ApiRead, ApiAfter } from '../../openapi/documented';
import { IdPipe } from '../../http/id.pipe';
import { problem } from '../../problems/problem';
import { QueryRunner } from '../../queries/query-runner';
import { refused } from '../../problems/refusals';
import { Visibility } from '../../queries/visibility';
import { PageDto, pageOf } from '../../queries/page.dto';

export class CasesDto extends PageDto {
  @IsOptional()
  @IsIn(['open', 'settled'])
  readonly state: 'open' | 'settled' = 'open';
}

const notFound = () => problem(404, 'case-not-found', { en: 'There is no such case', fr: 'Ce dossier n’existe pas' });
const askerOf = ({ actor }: Caller): Asker => ({ as: actor.role === 'facilitator' ? 'facilitator' : 'network-lead', memberId: actor.id });

/** Contests, disputes and incidents, for those who settle them (§7): the network lead sees risks alone. */
@Controller('networks/:networkId/cases')
export class CasesController {
  constructor(
    private readonly reading: QueryRunner,
    private readonly visibility: Visibility,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log' | 'codec'>,
  ) {}

  @Get()
  @Allow('facilitator', 'network-lead')
  @ApiRead('Contests, disputes and incidents without their texts, oldest first; none that name who asks; for a network lead risks alone')
  list(@CallerOf() caller: Caller, @After() after: Token | undefined, @Query() dto: CasesDto) {
    const query = new ListCases(caller.networkId, askerOf(caller), { ...pageOf(dto), settled: dto.state === 'settled' });
    return this.reading.ask(query, { models: ['cases'], after });
  }

  @Get(':caseId')
  @Allow('facilitator', 'network-lead')
  @ApiRead('One case with its texts, for who may settle it; a contest goes by the id of its offer or request')
  @ApiAfter()
  async read(@CallerOf() caller: Caller, @After() after: Token | undefined, @Param('caseId', IdPipe) caseId: string) {
    const answer = await this.reading.ask(new ReadCase(caller.networkId, caseId, askerOf(caller)), { models: ['cases'], after });
    if (answer.case === null) throw notFound();
    if (answer.case === 'names-you') throw refused({ code: 'case-names-you' });
    const { by, named } = answer.case;
    return { ...answer, people: await this.visibility.people(caller, by === null ? named : [by, ...named]) };
  }

  @Get(':caseId/evidence')
  @Allow('network-lead', 'auditor')
  @ApiRead('A recorded risk: its figure at the midnight that found it, and the ids of the events behind')
  async evidence(
    @CallerOf() { networkId, actor, roles }: Caller,
    @After() after: Token | undefined,
    @Param('caseId', IdPipe) caseId: string,
    @Query() dto: PageDto,
  ) {
    const asker: Asker = { as: 'network-lead', memberId: actor.id };
    const found = await this.reading.ask(new ReadCase(networkId, caseId, asker), { models: ['cases', 'risk'], after });
    const risk = found.case === null || found.case === 'names-you' ? null : await this.judged(networkId, found.case);
    if (!risk) throw notFound();
    const { judgedAt, ...of } = risk;
    const { readPosition, figures } = await this.reading.ask(new RiskAt(networkId, judgedAt));
    const isOpened = roles.includes('auditor') || !AUDITORS_ALONE.includes(of.indicator);
    const page = isOpened ? await this.reading.ask(new RiskEvidence(networkId, judgedAt, of, pageOf(dto))) : { eventIds: [], next: null };
    const figure = figures.find(({ indicator, cell }) => indicator === of.indicator && cell === of.cell) ?? null;
    const events = roles.includes('auditor') ? await linesOf(this.ports, networkId, page.eventIds) : [];
    return { readPosition, evaluatedAt: judgedAt, figure, ...page, events };
  }

  /** An incident names the indicator, and its cell where it has one: `exclusion/site:LYON`. */
  private async judged(networkId: Caller['networkId'], { id, indicator, openedAt }: CaseFile) {
    const timeZone = (await this.facts.of(networkId))?.timeZone;
    if (indicator === null || timeZone === undefined) return null;
    const reportedAt = openedAt as Instant;
    const judgedAt = judgementBehind(id, { networkId, indicator, reportedAt, timeZone });
    const [name, ...cell] = indicator.split('/');
    if (judgedAt === null) return null;
    return { judgedAt: asOfOrNow(judgedAt, reportedAt), indicator: name as Indicator, cell: cell.length > 0 ? cell.join('/') : null };
  }
}
