import { Matches } from 'class-validator';
import { IsText } from '#application/dto/fields';

export class MotiveDto {
  /** Why: recorded with the look-up. */
  @IsText(2000)
  @Matches(/\S{3}/, { message: '$property must hold three characters in a row, or more' })
  readonly motive!: string;
}
