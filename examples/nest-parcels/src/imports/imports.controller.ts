import { Controller, Post, UploadedFile, UseGuards, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';

import { PartnerGuard } from '../auth/partner.guard';
import { ImportsService } from './imports.service';

@Controller('imports')
@UseGuards(PartnerGuard)
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Post('labels')
  @UseInterceptors(FileInterceptor('archive'))
  labels(@UploadedFile() archive: Express.Multer.File): { files: string[] } {
    return { files: this.imports.unpack(archive.buffer) };
  }

  @Post('theme')
  @UseInterceptors(FileInterceptor('archive'))
  theme(@UploadedFile() archive: Express.Multer.File): { files: string[] } {
    return { files: this.imports.install(archive.buffer) };
  }
}
