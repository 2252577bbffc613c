import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import type { Language, Level, Place } from '#domain/vocabulary';
import { SearchDirectory } from '#projections/directory/directory.queries';
import { TOPICS, type Topics } from '#topics/topics.port';
import { Allow, CallerOf, type Caller } from '../auth/access';
import { After, type Token } from '../edge/after';
import { Answers } from '../edge/documented';
import { Reading } from '../edge/reading';
import { PageDto, pageOf } from './page.dto';

export class DirectoryDto extends PageDto {
  @IsOptional()
  @IsIn(['offer', 'request'])
  readonly kind?: 'offer' | 'request';

  /** In French or English; accents and typos are forgiven. */
  @IsOptional()
  @IsString()
  @Length(2, 200)
  readonly text?: string;

  @IsOptional()
  @IsIn(['beginner', 'practised', 'advanced'])
  readonly level?: Level;

  @IsOptional()
  @IsIn(['fr', 'en'])
  readonly language?: Language;

  @IsOptional()
  @IsIn(['site', 'remote', 'either'])
  readonly place?: Place;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  readonly site?: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  readonly topicUri?: string;

  /** Language of the topics' labels. */
  @IsOptional()
  @IsIn(['fr', 'en'])
  readonly labels: Language = 'fr';
}

export class TopicsDto {
  @IsString()
  @Length(2, 200)
  readonly text!: string;

  @IsOptional()
  @IsIn(['fr', 'en'])
  readonly language: Language = 'fr';
}

/** What can be learnt, and what is sought. */
@ApiTags('directory')
@Controller('networks/:networkId')
export class DirectoryController {
  constructor(
    private readonly reading: Reading,
    @Inject(TOPICS) private readonly topics: Topics,
  ) {}

  @Get('directory')
  @Allow('member', 'mediator', 'facilitator', 'network-lead')
  @Answers('The directory: listed offers and requests, best fit first, then newest')
  search(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: DirectoryDto) {
    const { limit, cursor, after: _, labels, ...filter } = dto;
    const page = { ...pageOf({ limit, ...(cursor ? { cursor } : {}) }), labels };
    return this.reading.ask(new SearchDirectory(networkId, filter, page), { models: ['directory', 'personal-text'], after });
  }

  @Get('topics')
  @Allow('member', 'mediator', 'facilitator', 'network-lead')
  @Answers('Topics of the taxonomy by label, typos forgiven')
  async find(@Query() { text, language }: TopicsDto) {
    return { topics: await this.topics.search(text, language, 20) };
  }
}
