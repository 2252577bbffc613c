import { Controller, Get, Headers, Inject, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { IsId } from '#application/dto/fields';
import type { MemberId } from '#domain/ids';
import type { Language, Level, PlaceOfExchange } from '#domain/vocabulary';
import { directoryThen } from '#projections/dated-queries';
import { SearchDirectory } from '#projections/directory/directory.queries';
import { NamesOf } from '#projections/member-page/names.queries';
import { hintFor } from '#search/hints';
import { soughtIn } from '#search/sought';
import { TOPICS, type Topics } from '#topics/topics.port';
import { Allow, CallerOf, type Caller, type PersonRole } from '../../../installation/access';
import { problem } from '../../problems/problem';
import { After, type Token } from '../../queries/consistency-token';
import { ApiLabels, ApiRead, ApiLongRunning } from '../../openapi/documented';
import { LabelLanguage } from '../../queries/label-language';
import { AsOfQueries } from '../../queries/as-of-queries';
import { QueryRunner } from '../../queries/query-runner';
import { PastPageDto, pageOf } from '../../queries/page.dto';

export class DirectoryDto extends PastPageDto {
  @IsOptional()
  @IsIn(['offer', 'request'])
  readonly kind?: 'offer' | 'request';

  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly text?: string;

  @IsOptional()
  @IsIn(['beginner', 'practised', 'advanced'])
  readonly level?: Level;

  @IsOptional()
  @IsIn(['fr', 'en'])
  readonly language?: Language;

  @IsOptional()
  @IsIn(['site', 'remote', 'either'])
  readonly place?: PlaceOfExchange;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  readonly site?: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  readonly topicUri?: string;

  /** What one person wrote, where they are shown. */
  @IsOptional()
  @IsId()
  readonly memberId?: MemberId;

  @IsOptional()
  @IsIn(['fr', 'en'])
  readonly labels?: Language;
}

export class TopicsDto {
  @IsString()
  @Length(1, 200)
  readonly text!: string;

  @IsOptional()
  @IsIn(['fr', 'en'])
  readonly labels?: Language;
}

const TakesWords = ApiQuery({
  name: 'text',
  description:
    'Words in French or English, all of which are looked for: as written (`C++`, `PL/SQL`, `R`), then in their forms, then by near spellings. ' +
    '`"…"` is a phrase as it stands; `-word` may not be there, whatever else is, and alone leaves out of everything. Stop words alone find nothing.',
});

const STAFF: readonly PersonRole[] = ['mediator', 'facilitator', 'network-lead'];
/** Those who entered and have not left (§7). */
const READERS: readonly string[] = ['enrolled', 'paused', 'suspended'];

const membersOnly = () =>
  problem(
    403,
    'members-only',
    {
      en: 'Enrolled members and the network’s staff read the directory: enter the network first',
      fr: 'L’annuaire se lit par les membres inscrits et ceux qui animent le réseau : entrez d’abord dans le réseau',
    },
    { rule: 'R1' },
  );

/** What can be learnt, and what is sought. */
@Controller('networks/:networkId')
export class DirectoryController {
  constructor(
    private readonly reading: QueryRunner,
    private readonly past: AsOfQueries,
    private readonly language: LabelLanguage,
    @Inject(TOPICS) private readonly topics: Topics,
  ) {}

  @Get('directory')
  @Allow('member', 'mediator', 'facilitator', 'network-lead')
  @ApiRead('The directory: listed offers and requests, best fit first, then newest; where the text looks for nothing, a hint')
  @TakesWords
  @ApiLabels()
  @ApiLongRunning()
  async search(
    @CallerOf() caller: Caller,
    @After() after: Token | undefined,
    @Query() dto: DirectoryDto,
    @Headers('Accept-Language') acceptLanguage?: string,
  ) {
    const { networkId, roles } = caller;
    const { limit, cursor, after: _, asOf, labels, ...filter } = dto;
    const language = await this.language.for(caller, labels, acceptLanguage);
    const page = { ...pageOf({ limit, ...(cursor ? { cursor } : {}) }), labels: language };
    const question = () => new SearchDirectory(networkId, filter, page);
    if (asOf !== undefined) return this.past.ask(directoryThen, { asOf, roles, question });
    await this.mustBelong(caller, after);
    return this.reading.ask(question(), { models: ['directory', 'personal-text'], after });
  }

  /** A token says member before its holder entered, and after they left. */
  private async mustBelong({ networkId, actor, roles }: Caller, after: Token | undefined): Promise<void> {
    if (STAFF.some((role) => roles.includes(role))) return;
    const { named } = await this.reading.ask(new NamesOf(networkId, [actor.id]), { models: ['member-page'], after });
    if (!READERS.includes(named.get(actor.id)?.status ?? '')) throw membersOnly();
  }

  @Get('topics')
  @Allow('member', 'mediator', 'facilitator', 'network-lead')
  @ApiRead('Topics of the taxonomy by label, best fit first; where the text looks for nothing, a hint')
  @TakesWords
  @ApiLabels()
  async searchTopics(
    @CallerOf() caller: Caller,
    @Query() { text, labels }: TopicsDto,
    @Headers('Accept-Language') acceptLanguage?: string,
  ) {
    const language = await this.language.for(caller, labels, acceptLanguage);
    const search = soughtIn(text);
    if (typeof search === 'string') return { topics: [], hint: hintFor(search, language) };
    return { topics: await this.topics.search(text, language, 20) };
  }
}
