import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsNested } from '#application/dto/fields';
import { IsMotive, MotiveDto } from '../../commands/motive.dto';
import { IsAsOfMoment, type AsOfMoment } from '../../queries/as-of-moment';

const GREATEST = 1_000_000;

/** A moment of an exchange; left out altogether, now. */
export class MomentDto {
  /** As it stood at this version: 0 is its first event. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(GREATEST)
  readonly revision?: number;

  /** As it stood by what was recorded then, or at a position. */
  @IsOptional()
  @IsAsOfMoment()
  readonly asOf?: AsOfMoment;
}

export class ReplayDto extends MotiveDto {
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(GREATEST)
  readonly revision?: number;

  @IsOptional()
  @IsAsOfMoment()
  readonly asOf?: AsOfMoment;

  /** What has become otherwise since this moment is told, too. */
  @IsOptional()
  @IsNested(() => MomentDto)
  readonly since?: MomentDto;

  /** Why names are needed: each is recorded as a look of its own. Left out, people go by ids alone. */
  @IsOptional()
  @IsMotive()
  readonly namesMotive?: string;
}
