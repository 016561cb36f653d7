// NestJS: decorated parameters, injected services, the plain request.
import { Body, Controller, Get, Headers, Param, ParseIntPipe, Post, Query, Redirect, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';

import { ItemDto } from './item.dto';
import { ItemsService } from './items.service';

@Controller('items')
export class ItemsController {
  constructor(private readonly items: ItemsService) {}

  @Get()
  find(@Query('name') name: string) {
    return this.items.find(name);
  }

  @Get('all')
  all(@Query() query: { order: string; limit: number }) {
    return this.items.sorted(query.order);
  }

  @Get(':id')
  byId(@Param('id', ParseIntPipe) id: number) {
    return this.items.byId(id);
  }

  @Post()
  create(@Body() dto: ItemDto, @Headers('x-trace') trace: string) {
    return this.items.create(dto, trace);
  }

  @Get('go')
  go(@Query('to') to: string, @Res() res: Response) {
    return res.redirect(to); // vuln: javascript-open-redirect
  }

  @Get('home')
  @Redirect('/items', 302)
  home(@Req() req: Request) {
    return this.items.note(req.query.note as string);
  }

  helper(text: string) {
    return this.items.count(text);
  }
}
