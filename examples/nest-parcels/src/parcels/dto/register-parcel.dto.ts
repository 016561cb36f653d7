import { IsInt, IsString, Matches, MaxLength } from 'class-validator';

export class RegisterParcelDto {
  @IsString()
  @Matches(/^([A-Z0-9]+[- ]?)+$/)
  reference!: string;

  @IsString()
  @MaxLength(80)
  city!: string;

  @Matches(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/)
  region!: string;

  @IsInt()
  weight!: number;
}
