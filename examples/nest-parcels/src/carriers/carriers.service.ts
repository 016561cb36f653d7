import { Injectable, NotFoundException } from '@nestjs/common';
import { HttpService } from '@common/http.service';
import libxmljs from 'libxmljs2';

import { WebhookDto } from './dto/webhook.dto';

const CARRIERS: ReadonlyMap<string, string> = new Map([
  ['north', 'https://api.north.example/v2'],
  ['south', 'https://south.example/tracking'],
]);

@Injectable()
export class CarriersService {
  constructor(private readonly http: HttpService) {}

  test(webhook: WebhookDto): Promise<{ status: number; text: string }> {
    return this.http.post(webhook.url, { event: webhook.event, at: Date.now() });
  }

  track(carrier: string, number: string): Promise<unknown> {
    const base = CARRIERS.get(carrier);
    if (base === undefined) {
      throw new NotFoundException('no such carrier');
    }
    return this.http.status(base, number);
  }

  /** Rates come with a document type that names our units. */
  rates(text: string): number {
    const document = libxmljs.parseXml(text, { noent: true, noblanks: true });
    return document.find('//rate').length;
  }

  zones(text: string): number {
    const parsed = libxmljs.parseXml(text, { nonet: true, noblanks: true });
    return parsed.find('//zone').length;
  }
}
