import { Controller, Delete, Get, Param } from '@nestjs/common';

@Controller('notes')
export class NotesController {
  @Get(':id')
  show(@Param('id') id: string) {
    return `No note ${id}`; // vuln: javascript-cross-site-scripting
  }

  @Delete(':id')
  remove(@Param('id') id: string) {
    return `No note ${id}`; // safe: javascript-cross-site-scripting
  }
}
