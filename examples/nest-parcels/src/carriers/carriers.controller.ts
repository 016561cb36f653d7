import { Body, Controller, Get, Param, Post, UseGuards } from '@nestjs/common';

import { PartnerGuard } from '../auth/partner.guard';
import { SessionGuard } from '../auth/session.guard';
import { CarriersService } from './carriers.service';
import { WebhookDto } from './dto/webhook.dto';

@Controller('carriers')
export class CarriersController {
  constructor(private readonly carriers: CarriersService) {}

  @Post('webhooks/test')
  @UseGuards(SessionGuard)
  test(@Body() webhook: WebhookDto): Promise<{ status: number; text: string }> {
    return this.carriers.test(webhook);
  }

  @Get(':carrier/parcels/:number')
  @UseGuards(SessionGuard)
  track(@Param('carrier') carrier: string, @Param('number') number: string): Promise<unknown> {
    return this.carriers.track(carrier, number);
  }

  @Post('rates')
  @UseGuards(PartnerGuard)
  rates(@Body('document') document: string): { rates: number } {
    return { rates: this.carriers.rates(document) };
  }

  @Post('zones')
  @UseGuards(PartnerGuard)
  zones(@Body('document') document: string): { zones: number } {
    return { zones: this.carriers.zones(document) };
  }
}
