import { Controller, Get, Query } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import { ListErasures, ReadErasure } from '#projections/erasures/erasures.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { ApiRead } from '../../openapi/documented';
import { After, type Token } from '../../queries/consistency-token';
import { PageDto, pageOf } from '../../queries/page.dto';
import { QueryRunner } from '../../queries/query-runner';

export class ErasuresDto extends PageDto {
  @IsOptional()
  @IsIn(['open', 'erased'])
  readonly state: 'open' | 'erased' = 'open';
}

const MODELS = ['erasures'];

/** How far an erasure is, for the two persons that it needs and for the one whom it is about (R19). */
@Controller('networks/:networkId')
export class ErasuresController {
  constructor(private readonly reading: QueryRunner) {}

  @Get('erasures')
  @Allow('data-protection-officer')
  @ApiRead('Erasures: who asked when, who approved, until when one is held, or when it was done; by ids')
  list(@CallerOf() { networkId, actor }: Caller, @After() after: Token | undefined, @Query() dto: ErasuresDto) {
    const query = new ListErasures(networkId, actor.id, { ...pageOf(dto), state: dto.state });
    return this.reading.ask(query, { models: MODELS, after });
  }

  @Get('members/me/erasure')
  @Allow('member')
  @ApiRead('How far the erasure of one’s own data is; null where nobody asked for it')
  own(@CallerOf() { networkId, actor }: Caller, @After() after: Token | undefined) {
    return this.reading.ask(new ReadErasure(networkId, actor.id), { models: MODELS, after });
  }
}
