import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { readModels } from '#projections/read-models';
import { certificateLine } from '#read-store/certificates/certificate';
import { certifyTables, NoSuchReadModel } from '#read-store/certificates/certify-tables';
import { Allow } from '../../installation/access';
import { ApiLongRunning, ApiRead } from '../openapi/documented';
import { problem } from '../problems/problem';
import { WAIT_MS } from '../queries/query-runner';
import { LongRunningJobs } from '../queries/long-running-jobs';
import { RUNTIME, type Running } from '../../telemetry/health.controller';

/** What read models are, said so that any machine with the log can check it. */
@ApiTags('oversight')
@Controller('networks/:networkId')
export class CertificatesController {
  constructor(
    private readonly underway: LongRunningJobs,
    @Inject(WAIT_MS) private readonly waitMs: number,
    @Inject(RUNTIME) private readonly running: Pick<Running, 'installation'>,
  ) {}

  @Get('operations/projections/:name/certificate')
  @Allow('operator', 'auditor')
  @ApiRead('Certificate of a read model: version, last event, hash over all rows and their evidence')
  @ApiLongRunning()
  async certificate(@Param('name') name: string) {
    if (!readModels.some(({ projection }) => projection.name === name)) throw noSuchModel();
    const { pool, log } = this.running.installation;
    const certificate = await this.underway
      .join(`certificate ${name}`, this.waitMs, ({ signal }) => certifyTables({ pool, log, name, signal }))
      .catch((fault: unknown) => {
        throw fault instanceof NoSuchReadModel ? noSuchModel() : fault;
      });
    return { certificate, line: certificateLine(certificate) };
  }
}

const noSuchModel = () => problem(404, 'not-found', { en: 'There is no such read model', fr: 'Ce modèle de lecture n’existe pas' });
