// NestJS: pipes that convert a parameter, or refuse what has not the form, and parameters whose type alone says that they are numbers.
import { Controller, Get, Param, ParseEnumPipe, ParseIntPipe, ParseUUIDPipe, Query, ValidationPipe } from '@nestjs/common';
import { exec } from 'node:child_process';

enum Size {
  Small = 'small',
  Large = 'large',
}

@Controller('items')
export class ItemsController {
  @Get(':id')
  byNumber(@Param('id', ParseIntPipe) id: number): void {
    exec(`show ${id}`); // safe: javascript-command-injection
  }

  @Get('strict/:id')
  byStrictNumber(@Param('id', new ParseIntPipe({ errorHttpStatusCode: 406 })) id: number): void {
    exec(`show ${id}`); // safe: javascript-command-injection
  }

  @Get('key/:key')
  byKey(@Param('key', ParseUUIDPipe) key: string, @Query('name') name: string): void {
    exec(`show ${key}`); // safe: javascript-command-injection
    exec(`show ${name}`); // vuln: javascript-command-injection
  }

  @Get('size')
  bySize(@Query('size', new ParseEnumPipe(Size)) size: Size): void {
    exec(`show ${size}`); // safe: javascript-command-injection
  }

  @Get('typed/:id')
  byType(@Param('id') id: number): void {
    exec(`show ${id}`); // vuln: javascript-command-injection
  }

  @Get('checked')
  byText(@Query('name', new ValidationPipe({ transform: true })) name: string): void {
    exec(`show ${name}`); // vuln: javascript-command-injection
  }
}
