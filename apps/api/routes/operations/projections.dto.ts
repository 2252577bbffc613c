import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsId, IsText, LENGTH } from '#application/dto/fields';

const GREATEST = 2 ** 31 - 1;

/** Why an operator acts: recorded before it is done. */
class ReasonDto {
  @IsText(LENGTH.text)
  readonly reason!: string;
}

export class OperateDto extends ReasonDto {
  /** Only builds of this version. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(GREATEST)
  readonly version?: number;

  /** Only this build of it. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(GREATEST)
  readonly build?: number;
}

export class RebuildDto extends ReasonDto {
  /** The new build waits for a switch by hand, even where nothing differs. */
  @IsOptional()
  @IsBoolean()
  readonly byHand?: boolean;
}

export class SwitchDto extends OperateDto {
  /** Although the comparison found differences, or was not made. */
  @IsOptional()
  @IsBoolean()
  readonly force?: boolean;
}

const LONGEST_KEY = 1_000;

export class RetryDto extends ReasonDto {
  /** Only this row's events; left out, every row's. */
  @IsOptional()
  @IsText(LONGEST_KEY)
  readonly key?: string;
}

export class SkipDto extends ReasonDto {
  @IsId()
  readonly eventId!: string;

  /** The row, where several lack the event. */
  @IsOptional()
  @IsText(LONGEST_KEY)
  readonly key?: string;
}

export class RollBackDto extends ReasonDto {}
