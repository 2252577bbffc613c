import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { AFTER } from './consistency-token';
import { IsAsOfMoment, type AsOfMoment } from './as-of-moment';

export class PageDto {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit: number = 50;

  /** As `next` of the page before gave it. */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  @Matches(/^[\w./:#-]+$/, { message: '$property must be the next of the page before' })
  readonly cursor?: string;

  /** Read by `@After`. */
  @IsOptional()
  @Matches(AFTER.pattern, { message: AFTER.message })
  readonly after?: string;
}

export class PastPageDto extends PageDto {
  /** As it stood: a date, for what was recorded by then, or a position; left out, now. */
  @IsOptional()
  @IsAsOfMoment()
  readonly asOf?: AsOfMoment;
}

export const pageOf = ({ limit, cursor }: PageDto): { readonly limit: number; readonly cursor?: string } => ({
  limit,
  ...(cursor === undefined ? {} : { cursor }),
});
