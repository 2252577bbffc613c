import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import type { Instant } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import type { MemberId } from '#domain/ids';
import { judgementBehind } from '#application/processes/risk-watch.process';
import type { ApplicationPorts } from '#application/application.module';
import { APPLICATION_PORTS, NETWORK_FACTS } from '#application/dispatch/tokens';
import { ReadCase, type CaseFile } from '#projections/cases/case-file.queries';
import { ListCases, type Asker } from '#projections/cases/cases.queries';
import type { Indicator } from '#projections/risk/figure';
import { AUDITORS_ALONE, RiskAt, RiskEvidence } from '#projections/risk/risk.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { linesOf } from '../../../audit/event-lines';
import { AccessRecorder } from '../../commands/access-recorder';
import { EnvelopeOf, type AskedEnvelope } from '../../commands/envelope';
import { Looks } from '../../commands/looks';
import { IsMotive } from '../../commands/motive.dto';
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

export class CaseLookDto extends PageDto {
  /** Why: recorded with the look-up. */
  @IsMotive()
  readonly motive!: string;
}

const notFound = () => problem(404, 'case-not-found', { en: 'There is no such case', fr: 'Ce dossier n’existe pas' });
const askerOf = ({ actor }: Caller): Asker => ({ as: actor.role === 'facilitator' ? 'facilitator' : 'network-lead', memberId: actor.id });

/** Contests, disputes and incidents, for those who settle them (§7): the network lead sees risks alone. */
@Controller('networks/:networkId/cases')
export class CasesController {
  constructor(
    private readonly accesses: AccessRecorder,
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
  @Allow('network-lead')
  @ApiRead('A recorded risk: its figure at the midnight that found it, and the ids of the events behind')
  async evidence(
    @CallerOf() { networkId, actor }: Caller,
    @After() after: Token | undefined,
    @Param('caseId', IdPipe) caseId: string,
    @Query() dto: PageDto,
  ) {
    const { of, ...judged } = await this.recorded({ networkId, caseId, memberId: actor.id }, after);
    if (AUDITORS_ALONE.includes(of.indicator)) return { ...judged, eventIds: [], next: null };
    return { ...judged, ...(await this.reading.ask(new RiskEvidence(networkId, judged.evaluatedAt, of, pageOf(dto)))) };
  }

  @Post(':caseId/evidence')
  @Allow('auditor')
  @Looks('audit')
  @ApiRead('A recorded risk: its figure at the midnight that found it, and the events behind; the look-up is recorded, with its motive')
  async openEvidence(@EnvelopeOf() envelope: AskedEnvelope, @Param('caseId', IdPipe) caseId: string, @Body() dto: CaseLookDto) {
    const { networkId, by } = envelope;
    await this.accesses.record(envelope, { subject: `incident-${caseId}`, purpose: 'audit', motive: dto.motive });
    const { of, ...judged } = await this.recorded({ networkId, caseId, memberId: by.id });
    const page = await this.reading.ask(new RiskEvidence(networkId, judged.evaluatedAt, of, pageOf(dto)));
    return { ...judged, ...page, events: await linesOf(this.ports, networkId, page.eventIds) };
  }

  /** @throws ProblemError where it is no risk, or none here */
  private async recorded(
    { networkId, caseId, memberId }: Pick<Caller, 'networkId'> & { caseId: string; memberId: MemberId },
    after?: Token,
  ) {
    const asker: Asker = { as: 'network-lead', memberId };
    const found = await this.reading.ask(new ReadCase(networkId, caseId, asker), { models: ['cases', 'risk'], after });
    const risk = found.case === null || found.case === 'names-you' ? null : await this.judged(networkId, found.case);
    if (!risk) throw notFound();
    const { judgedAt, ...of } = risk;
    const { readPosition, figures } = await this.reading.ask(new RiskAt(networkId, judgedAt));
    const figure = figures.find(({ indicator, cell }) => indicator === of.indicator && cell === of.cell) ?? null;
    return { of, readPosition, evaluatedAt: judgedAt, figure };
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
