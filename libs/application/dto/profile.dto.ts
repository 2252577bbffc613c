import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsEmail, IsIn, MaxLength } from 'class-validator';
import type { Language, Profile } from '#domain/vocabulary';
import { LANGUAGES } from './content.dto';
import { IsCode, IsLine, LENGTH } from './fields';

export class ProfileDto {
  @IsLine(LENGTH.name)
  readonly name!: string;

  @IsEmail()
  @MaxLength(LENGTH.email)
  readonly email!: string;

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

export const profileOf = ({ name, email, site, unit, languages }: ProfileDto): Profile => ({ name, email, site, unit, languages });
