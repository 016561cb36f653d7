import { IsString, IsUrl } from 'class-validator';

export class WebhookDto {
  @IsUrl({ require_tld: false })
  url!: string;

  @IsString()
  event!: string;
}
