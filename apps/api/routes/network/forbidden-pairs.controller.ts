import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Envelope } from '#application/dispatch/envelope';
import { ForbidPair, ForbidPairDto } from '#application/network/forbid-pair';
import { LiftPair, LiftPairDto } from '#application/network/lift-pair';
import { ListForbiddenPairs } from '#projections/forbidden-pairs/forbidden-pairs.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { After, type Token } from '../../queries/consistency-token';
import { ApiRead, ApiCommand } from '../../openapi/documented';
import { EnvelopeOf } from '../../commands/envelope';
import { QueryRunner } from '../../queries/query-runner';
import { NAMES, Visibility } from '../../queries/visibility';
import { PageDto, pageOf } from '../../queries/page.dto';

/** Two people who are in no match together; a facilitator in such a pair neither sees nor handles it (§7). */
@Controller('networks/:networkId/forbidden-pairs')
export class ForbiddenPairsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reading: QueryRunner,
    private readonly visibility: Visibility,
  ) {}

  @Post()
  @Allow('facilitator')
  @ApiCommand('Keeps two members out of each other’s matches')
  forbid(@EnvelopeOf() envelope: Envelope, @Body() dto: ForbidPairDto) {
    return this.commands.execute(new ForbidPair(envelope, dto));
  }

  @Post('lifting')
  @Allow('facilitator')
  @ApiCommand('Lets two members who were kept apart be matched again')
  lift(@EnvelopeOf() envelope: Envelope, @Body() dto: LiftPairDto) {
    return this.commands.execute(new LiftPair(envelope, dto));
  }

  @Get()
  @Allow('facilitator')
  @ApiRead('Who is kept apart, by name, since when, by whom and why; longest first; no pair that names who asks')
  async list(@CallerOf() caller: Caller, @After() after: Token | undefined, @Query() dto: PageDto) {
    const query = new ListForbiddenPairs(caller.networkId, caller.actor.id, pageOf(dto));
    const { pairs, ...page } = await this.reading.ask(query, { models: ['forbidden-pairs', ...NAMES], after });
    const people = await this.visibility.people(
      caller,
      pairs.flatMap(({ pair, by }) => [...pair, by]),
    );
    return { ...page, pairs: pairs.map((pair, at) => ({ ...pair, pair: people.slice(3 * at, 3 * at + 2), by: people[3 * at + 2] })) };
  }
}
