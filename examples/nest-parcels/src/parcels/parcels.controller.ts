import { Body, Controller, Get, Header, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import escapeHtml from 'escape-html';

import { SessionGuard, type SignedIn } from '../auth/session.guard';
import { ListParcelsDto } from './dto/list-parcels.dto';
import { RegisterParcelDto } from './dto/register-parcel.dto';
import { Parcel } from './parcel.entity';
import { ParcelsService } from './parcels.service';

@Controller('parcels')
export class ParcelsController {
  constructor(private readonly parcels: ParcelsService) {}

  @Get()
  @UseGuards(SessionGuard)
  list(@Req() request: SignedIn, @Query() wanted: ListParcelsDto): Promise<Parcel[]> {
    return this.parcels.list(Number(request.claims.sub), wanted);
  }

  @Get('ranked')
  @UseGuards(SessionGuard)
  ranked(@Req() request: SignedIn, @Query('by') by: string): Promise<Parcel[]> {
    return this.parcels.ranked(Number(request.claims.sub), by);
  }

  @Get('search')
  @UseGuards(SessionGuard)
  search(@Req() request: SignedIn, @Query('reference') reference = ''): Promise<Parcel[]> {
    return this.parcels.find(Number(request.claims.sub), reference);
  }

  @Get('nearby')
  @UseGuards(SessionGuard)
  nearby(@Req() request: SignedIn, @Query('city') city = ''): Promise<Parcel[]> {
    return this.parcels.nearby(Number(request.claims.sub), city);
  }

  @Post()
  @UseGuards(SessionGuard)
  register(@Req() request: SignedIn, @Body() dto: RegisterParcelDto): Promise<Parcel> {
    return this.parcels.register(Number(request.claims.sub), dto);
  }

  // The page that the link in our mails leads to.
  @Get('track/:reference')
  @Header('Content-Type', 'text/html')
  async track(@Param('reference') reference: string): Promise<string> {
    const parcel = await this.parcels.tracked(reference);
    if (!parcel) {
      return `<h1>Unknown parcel</h1><p>We know no parcel called ${reference}.</p>`;
    }
    return `<h1>Parcel ${parcel.id}</h1><p>State: ${escapeHtml(parcel.state)}</p>`;
  }

  @Get('claim/:code')
  @Header('Content-Type', 'text/html')
  claim(@Param('code') code: string): string {
    return `<h1>Your claim</h1><p>Keep this number: <b>${escapeHtml(code)}</b></p>`;
  }
}
