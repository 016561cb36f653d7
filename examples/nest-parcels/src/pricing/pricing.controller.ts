import { Body, Controller, Post, UseGuards } from '@nestjs/common';

import { SessionGuard } from '../auth/session.guard';
import { PricingService } from './pricing.service';

interface Quote {
  weight: number;
  zone: number;
  formula: string;
  tariff: string;
}

@Controller('pricing')
@UseGuards(SessionGuard)
export class PricingController {
  constructor(private readonly pricing: PricingService) {}

  @Post('quote')
  quote(@Body() { weight, zone, formula }: Quote): { price: number } {
    return { price: this.pricing.quote({ weight: Number(weight), zone: Number(zone) }, formula) };
  }

  @Post('tariff')
  tariff(@Body() { weight, zone, tariff }: Quote): { price: number } {
    return { price: this.pricing.tariff({ weight: Number(weight), zone: Number(zone) }, tariff) };
  }
}
