import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { Instant } from '#kernel/id';
import { IsInstant, IsText } from '#application/dto/fields';

export class MotiveDto {
  /** Why: recorded with the look-up. */
  @IsText(2000)
  @Matches(/\S{3}/)
  readonly motive!: string;
}

export class ReplayDto extends MotiveDto {
  /** As it stood at this version: 0 is its first event. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly revision?: number;

  /** As it stood by what was recorded then. */
  @IsOptional()
  @IsInstant()
  readonly asOf?: Instant;
}
