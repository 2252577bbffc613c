import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsId, IsText, LENGTH } from '#application/dto/fields';

const GREATEST = 2 ** 31 - 1;

/** What an operator does to builds of a read model, and why: the reason is recorded. */
export class OperateDto {
  @IsText(LENGTH.text)
  readonly reason!: string;

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

export class RebuildDto {
  @IsText(LENGTH.text)
  readonly reason!: string;

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

export class RetryDto {
  @IsText(LENGTH.text)
  readonly reason!: string;

  /** Only this row's events; left out, every row's. */
  @IsOptional()
  @IsText(LONGEST_KEY)
  readonly key?: string;
}

export class SkipDto {
  @IsText(LENGTH.text)
  readonly reason!: string;

  @IsId()
  readonly eventId!: string;

  /** The row, where several lack the event. */
  @IsOptional()
  @IsText(LONGEST_KEY)
  readonly key?: string;
}

export class RollBackDto {
  @IsText(LENGTH.text)
  readonly reason!: string;
}
