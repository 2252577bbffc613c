import { IsString, Length, Matches } from 'class-validator';

export class MotiveDto {
  /** Why: recorded with the look-up. */
  @IsString()
  @Length(3, 2000)
  @Matches(/\S{3}/)
  readonly motive!: string;
}
