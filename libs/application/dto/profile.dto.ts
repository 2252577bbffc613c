import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsEmail, IsIn, IsOptional, MaxLength } from 'class-validator';
import type { Language, Profile } from '#domain/vocabulary';
import { LANGUAGES } from './content.dto';
import { IsCode, IsLine, LENGTH } from './fields';

export class ProfileDto {
  @IsLine(LENGTH.name)
  readonly name!: string;

  @IsEmail()
  @MaxLength(LENGTH.email)
  readonly email!: string;

  /** By which the training system knows the person; left out or null, none (§7). */
  @IsOptional()
  @IsLine(LENGTH.employeeNumber)
  readonly employeeNumber?: string | null;

  @IsCode()
  readonly site!: string;

  @IsCode()
  readonly unit!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  @ArrayUnique()
  @IsIn(LANGUAGES, { each: true })
  readonly languages!: readonly Language[];
}

export const profileOf = ({ name, email, employeeNumber = null, site, unit, languages }: ProfileDto): Profile => ({
  ...{ name, email, employeeNumber },
  ...{ site, unit, languages },
});
