import fs from 'node:fs';
import path from 'node:path';

import { Injectable, NotFoundException } from '@nestjs/common';
import { run, start } from '@common/shell';
import ejs from 'ejs';

import { folders } from '../config';

const HEAD = '<p>Dear <%= name %>,</p>';
const NOTICE = `${HEAD}<p>your parcel is ready.</p>`;

@Injectable()
export class LabelsService {
  print(id: number, printer: string): Promise<string> {
    const file = path.join(folders.labels, `${id}.pdf`);
    return run(`lp -d ${printer || 'counter'} ${file}`);
  }

  async preview(id: number, size: string): Promise<string> {
    const target = path.join(folders.labels, `${id}.png`);
    await start('pdftoppm', ['-png', '-singlefile', `--scale-to=${size}`, '--', path.join(folders.labels, `${id}.pdf`), target]);
    return path.basename(target);
  }

  open(name: string): fs.ReadStream {
    const file = path.join(folders.labels, name);
    return fs.createReadStream(file);
  }

  form(name: string): fs.ReadStream {
    const document = path.resolve(folders.forms, name);
    if (!document.startsWith(folders.forms + path.sep)) {
      throw new NotFoundException('no such form');
    }
    return fs.createReadStream(document);
  }

  letter(text: string, name: string): string {
    return ejs.render(HEAD + text, { name });
  }

  notice(name: string): string {
    return ejs.render(NOTICE, { name });
  }
}
