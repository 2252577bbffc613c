import { IsOptional, Matches } from 'class-validator';
import type { Instant } from '#kernel/id';
import { IsInstant } from '#application/dto/fields';
import { AFTER } from '../../queries/consistency-token';

export class AsOfDto {
  /** What was recorded by then; left out, now. */
  @IsOptional()
  @IsInstant()
  readonly asOf?: Instant;

  /** Read by `@After`. */
  @IsOptional()
  @Matches(AFTER.pattern, { message: AFTER.message })
  readonly after?: string;
}
