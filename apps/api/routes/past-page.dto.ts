import { IsOptional, Matches } from 'class-validator';
import { PLACE } from '../edge/past';
import { PageDto } from './page.dto';

export class PastPageDto extends PageDto {
  /** As it stood: a date, for what was recorded by then, or a position; left out, now. */
  @IsOptional()
  @Matches(PLACE.pattern, { message: PLACE.message })
  readonly asOf?: string;
}
