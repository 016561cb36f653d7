import { Controller, Get, Module } from '@nestjs/common';

@Controller('status')
class StatusController {
  @Get()
  status(): { ok: boolean; uptime: number } {
    return { ok: true, uptime: process.uptime() };
  }
}

@Module({ controllers: [StatusController] })
export class StatusModule {}
