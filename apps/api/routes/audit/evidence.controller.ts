import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ApplicationPorts } from '#application/application.module';
import { APPLICATION_PORTS } from '#application/dispatch/tokens';
import { bundleText } from '#audit/bundle/make-bundle';
import { BeyondTree } from '#audit/bundle/ordinals';
import { NotInTree } from '#audit/export/tiles-folder';
import type { ExchangeId } from '#domain/ids';
import { evidenceBundle, lookForEvidence } from '../../../audit/evidence';
import { Allow } from '../../../installation/access';
import type { LogTree } from '../../../installation/log-tree';
import { EnvelopeOf, type AskedEnvelope } from '../../commands/envelope';
import { Looks } from '../../commands/looks';
import { MotiveDto } from '../../commands/motive.dto';
import { IdPipe } from '../../http/id.pipe';
import { ApiRead, ApiRefused } from '../../openapi/documented';
import { problem, ProblemError } from '../../problems/problem';
import { refused } from '../../problems/refusals';
import { AuditDesks } from './audit-desks';

export const LOG_TREE = Symbol('LogTree');

const NOT_SIGNED_YET = {
  en: 'Not all of it is signed yet, which is done every so often: ask again later, or have an operator sign it now (savoirs audit checkpoint)',
  fr: 'Tout n’en est pas encore signé, ce qui se fait de temps à autre : redemandez plus tard, ou faites-le signer par l’exploitation (savoirs audit checkpoint)',
};
const MINUTE = { 'retry-after': '60' };
const LOG_ALTERED = {
  en: 'The log and its tree are not the same: one of them was altered. Have an operator find where (savoirs audit check)',
  fr: 'Le journal et son arbre diffèrent : l’un d’eux a été changé. Faites chercher où par l’exploitation (savoirs audit check)',
};

const unproven = (fault: unknown): unknown => {
  if (fault instanceof BeyondTree) return new ProblemError({ status: 503, code: 'not-signed-yet', title: NOT_SIGNED_YET }, MINUTE);
  return fault instanceof NotInTree ? problem(409, 'log-altered', LOG_ALTERED, { detail: fault.message }) : fault;
};

/** What an auditor hands to whoever believes neither them nor us (docs/audit/format.md). */
@Controller('networks/:networkId')
export class EvidenceController {
  constructor(
    private readonly desks: AuditDesks,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log'>,
    @Inject(LOG_TREE) private readonly tree: LogTree,
  ) {}

  /** Under what is signed already: an auditor writes nothing, and no request waits for a tree to grow. */
  @Post('exchanges/:exchangeId/evidence-bundle')
  @Allow('auditor')
  @Looks('audit')
  @ApiRead('One file by which a stranger checks offline all that led to an exchange; the look-up is recorded, with its motive')
  @ApiResponse({ status: 200, description: 'The file: docs/audit/format.md says each member' })
  @ApiRefused(409, 'The log and its tree are not the same: one was altered')
  @ApiRefused(503, 'Not all of it is signed yet: ask again after `Retry-After`')
  async bundle(
    @EnvelopeOf() envelope: AskedEnvelope,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Body() { motive }: MotiveDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const evidence = await lookForEvidence(this.desks.open(envelope), { exchangeId, motive });
    if (!evidence) throw refused({ code: 'exchange-not-found' });
    const bundle = await evidenceBundle({ ...this.tree, log: this.ports.log }, evidence).catch((fault: unknown) => {
      throw unproven(fault);
    });
    const file = `attachment; filename="evidence-${exchangeId}.json"`;
    void reply.type('application/json; charset=utf-8').header('content-disposition', file);
    return bundleText(bundle);
  }
}
