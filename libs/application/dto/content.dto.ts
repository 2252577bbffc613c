import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsOptional } from 'class-validator';
import {
  BENDS,
  type Bend,
  type Content,
  type HalfDay,
  type Language,
  type Level,
  type OfferContent,
  type PlaceOfExchange,
  type RequestContent,
} from '#domain/vocabulary';
import { IsCode, IsLine, IsNested, IsText, IsTopicUri, IsWhole, LENGTH } from './fields';

export const LANGUAGES: readonly Language[] = ['fr', 'en'];
const LEVELS: readonly Level[] = ['beginner', 'practised', 'advanced'];
const PLACES: readonly PlaceOfExchange[] = ['site', 'remote', 'either'];
const HALF_DAYS: readonly HalfDay[] = ['mon-am', 'mon-pm', 'tue-am', 'tue-pm', 'wed-am', 'wed-pm', 'thu-am', 'thu-pm', 'fri-am', 'fri-pm'];

export class TopicDto {
  @IsLine(LENGTH.topic)
  readonly text!: string;

  @IsOptional()
  @IsTopicUri()
  readonly uri?: string | null;
}

/** What an offer and a request both formalise. */
export class ContentDto {
  @IsText(LENGTH.wording)
  readonly wording!: string;

  @IsNested(() => TopicDto)
  readonly topic!: TopicDto;

  @IsIn(LEVELS)
  readonly level!: Level;

  @IsIn(LANGUAGES)
  readonly language!: Language;

  @IsIn(PLACES)
  readonly place!: PlaceOfExchange;

  @IsOptional()
  @IsCode()
  readonly site?: string | null;

  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsIn(HALF_DAYS, { each: true })
  readonly availability!: readonly HalfDay[];

  /** What a matching round may not bend for its author, whatever the network's policy. */
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(BENDS, { each: true })
  readonly firm?: readonly Bend[];

  /** R14. */
  @IsBoolean()
  readonly declaredProfessional!: boolean;
}

export class OfferContentDto extends ContentDto {
  @IsOptional()
  @IsWhole(1, 100)
  readonly smallestGroup?: number;

  @IsOptional()
  @IsWhole(1, 100)
  readonly largestGroup?: number;
}

export class RequestContentDto extends ContentDto {
  @IsOptional()
  @IsBoolean()
  readonly authorShown?: boolean;
}

const contentOf = (dto: ContentDto): Content => ({
  wording: dto.wording,
  topic: { text: dto.topic.text, uri: dto.topic.uri ?? null },
  level: dto.level,
  language: dto.language,
  place: dto.place,
  site: dto.site ?? null,
  availability: dto.availability,
  declaredProfessional: dto.declaredProfessional,
});

/** In one order, and left out where there is nothing, so that the same content is the same. */
const withFirm = <Whole extends Content>(content: Whole, { firm = [] }: ContentDto): Whole =>
  firm.length === 0 ? content : { ...content, firm: BENDS.filter((bend) => firm.includes(bend)) };

export const offerContentOf = (dto: OfferContentDto): OfferContent => {
  const smallestGroup = dto.smallestGroup ?? 1;
  return withFirm({ smallestGroup, largestGroup: dto.largestGroup ?? smallestGroup, ...contentOf(dto) }, dto);
};

export const requestContentOf = (dto: RequestContentDto): RequestContent =>
  withFirm({ authorShown: dto.authorShown ?? false, ...contentOf(dto) }, dto);
