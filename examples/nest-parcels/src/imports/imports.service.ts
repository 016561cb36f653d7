import fs from 'node:fs';
import path from 'node:path';

import { BadRequestException, Injectable } from '@nestjs/common';
import AdmZip from 'adm-zip';

import { folders } from '../config';

@Injectable()
export class ImportsService {
  unpack(archive: Buffer): string[] {
    const names: string[] = [];
    for (const entry of new AdmZip(archive).getEntries()) {
      const target = path.join(folders.imports, entry.entryName);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, entry.getData());
      names.push(entry.entryName);
    }
    return names;
  }

  install(archive: Buffer): string[] {
    const root = path.resolve(folders.themes);
    const installed: string[] = [];
    for (const entry of new AdmZip(archive).getEntries()) {
      const destination = path.resolve(root, entry.entryName);
      if (!destination.startsWith(root + path.sep)) {
        throw new BadRequestException('a theme stays in its folder');
      }
      fs.mkdirSync(path.dirname(destination), { recursive: true });
      fs.writeFileSync(destination, entry.getData());
      installed.push(entry.entryName);
    }
    return installed;
  }
}
