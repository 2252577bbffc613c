import { Controller, Get, Query } from '@nestjs/common';
import { IsOptional } from 'class-validator';
import { IsText } from '#application/dto/fields';
import { ListAccesses } from '#projections/accesses/accesses.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { ApiRead } from '../../openapi/documented';
import { After, type Token } from '../../queries/consistency-token';
import { PageDto, pageOf } from '../../queries/page.dto';
import { QueryRunner } from '../../queries/query-runner';

export class AccessesDto extends PageDto {
  /** Only looks at this history, such as `exchange-…`, or at this list. */
  @IsOptional()
  @IsText(200)
  readonly subject?: string;
}

/** Who looked at personal data, for those who supervise it (§7). */
@Controller('networks/:networkId/accesses')
export class AccessesController {
  constructor(private readonly reading: QueryRunner) {}

  @Get()
  @Allow('auditor', 'data-protection-officer')
  @ApiRead('Looks at personal data, the newest first: who looked, in which role, at what, by which way, why and when')
  list(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: AccessesDto) {
    const query = new ListAccesses(networkId, dto.subject ?? null, pageOf(dto));
    return this.reading.ask(query, { models: ['accesses', 'personal-text'], after });
  }
}
