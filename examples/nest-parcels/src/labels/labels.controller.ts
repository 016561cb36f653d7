import { Body, Controller, Get, Param, Post, Query, StreamableFile, UseGuards } from '@nestjs/common';

import { SessionGuard } from '../auth/session.guard';
import { LabelsService } from './labels.service';

@Controller('labels')
@UseGuards(SessionGuard)
export class LabelsController {
  constructor(private readonly labels: LabelsService) {}

  @Post(':id/print')
  async print(@Param('id') id: string, @Body('printer') printer: string): Promise<{ job: string }> {
    return { job: await this.labels.print(Number(id), printer) };
  }

  @Post(':id/preview')
  async preview(@Param('id') id: string, @Body('size') size: string): Promise<{ file: string }> {
    return { file: await this.labels.preview(Number(id), size) };
  }

  @Get('file')
  file(@Query('name') name: string): StreamableFile {
    return new StreamableFile(this.labels.open(name));
  }

  @Get('form')
  form(@Query('name') name: string): StreamableFile {
    return new StreamableFile(this.labels.form(name));
  }

  @Post('letter')
  letter(@Body('text') text: string, @Body('name') name: string): { letter: string } {
    return { letter: this.labels.letter(text, name) };
  }

  @Post('notice')
  notice(@Body('name') name: string): { letter: string } {
    return { letter: this.labels.notice(name) };
  }
}
