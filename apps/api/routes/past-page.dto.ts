import { IsOptional } from 'class-validator';
import { IsPlace, type PlaceAsked } from '../queries/place-asked';
import { PageDto } from './page.dto';

export class PastPageDto extends PageDto {
  /** As it stood: a date, for what was recorded by then, or a position; left out, now. */
  @IsOptional()
  @IsPlace()
  readonly asOf?: PlaceAsked;
}
