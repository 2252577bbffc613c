import { IsOptional, IsString, Matches, MaxLength, IsInt, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';

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
  @Matches(/^[\w./:#-]+$/)
  readonly cursor?: string;

  /** Read by `@After`. */
  @IsOptional()
  @Matches(/^\d{20}$/, { message: 'after must be a position as a command answered it: 20 digits' })
  readonly after?: string;
}

export const pageOf = ({ limit, cursor }: PageDto): { readonly limit: number; readonly cursor?: string } => ({
  limit,
  ...(cursor === undefined ? {} : { cursor }),
});
