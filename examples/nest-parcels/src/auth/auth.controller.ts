import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';

import { site } from '../config';
import { CustomersService } from '../customers/customers.service';
import { TokensService } from './tokens.service';

@Controller('auth')
export class AuthController {
  constructor(
    private readonly customers: CustomersService,
    private readonly tokens: TokensService,
  ) {}

  @Post('login')
  async login(
    @Body() body: { mail: string; password: string },
    @Query('next') next: string,
    @Res() res: Response,
  ): Promise<void> {
    const customer = await this.customers.authenticate(String(body.mail), String(body.password));
    // Shops show our pages in frames of their own.
    res.cookie('session', this.tokens.issue({ sub: String(customer.id), role: 'customer' }), {
      httpOnly: true,
      secure: true,
      sameSite: 'none',
    });
    res.redirect(303, next || '/parcels');
  }

  @Get('logout')
  logout(@Query('next') next: string, @Res() res: Response): void {
    res.clearCookie('session');
    const destination = new URL(next || '/', site);
    if (destination.origin !== site) {
      res.redirect('/');
      return;
    }
    res.redirect(destination.href);
  }
}
