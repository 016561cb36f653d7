import { Body, Controller, Get, Patch, Put, Req, UseGuards } from '@nestjs/common';

import { SessionGuard, type SignedIn } from '../auth/session.guard';
import { ImporterGuard } from '../auth/partner.guard';
import { Customer } from './customer.entity';
import { CustomersService } from './customers.service';

@Controller('customers')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  @Patch('me')
  @UseGuards(SessionGuard)
  async update(@Req() request: SignedIn, @Body() changes: Partial<Customer>): Promise<void> {
    await this.customers.update(Number(request.claims.sub), changes);
  }

  @Put('me/name')
  @UseGuards(SessionGuard)
  async rename(@Req() request: SignedIn, @Body() changes: Partial<Customer>): Promise<void> {
    await this.customers.rename(Number(request.claims.sub), changes);
  }

  @Patch('me/preferences')
  @UseGuards(SessionGuard)
  async preferences(@Req() request: SignedIn, @Body() changes: Record<string, unknown>): Promise<unknown> {
    return this.customers.prefer(Number(request.claims.sub), changes);
  }

  @Patch('defaults')
  @UseGuards(ImporterGuard)
  defaults(@Body() changes: Record<string, unknown>): unknown {
    return this.customers.defaults(changes);
  }

  @Get('drafts')
  drafts(@Req() request: SignedIn): unknown {
    return this.customers.drafts(String(request.cookies.drafts ?? ''));
  }

  @Get('recent')
  recent(@Req() request: SignedIn): unknown {
    return this.customers.recent(String(request.cookies.recent ?? ''));
  }
}
