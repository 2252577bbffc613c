import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { IsText } from '#application/dto/fields';

/** Three characters in a row: no dash, no full stop stands for a reason. */
export const IsMotive = (): PropertyDecorator =>
  applyDecorators(Matches(/\S{3}/, { message: '$property must hold three characters in a row, or more' }), IsText(2000));

export class MotiveDto {
  /** Why: recorded with the look-up. */
  @IsMotive()
  readonly motive!: string;
}
