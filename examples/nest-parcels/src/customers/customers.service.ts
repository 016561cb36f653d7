import { scryptSync, timingSafeEqual } from 'node:crypto';

import { Injectable, UnauthorizedException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { unserialize } from 'node-serialize';
import { Repository } from 'typeorm';

import { merge, overlay } from '../common/merge';
import { Customer } from './customer.entity';

const DEFAULTS: Record<string, unknown> = { language: 'en', mails: { arrival: true, news: false } };

@Injectable()
export class CustomersService {
  constructor(@InjectRepository(Customer) private readonly customers: Repository<Customer>) {}

  async authenticate(mail: string, password: string): Promise<Customer> {
    const customer = await this.customers.findOneBy({ mail });
    const [salt, hash] = (customer?.password ?? ':').split(':');
    const given = scryptSync(password, salt ?? '', 32);
    if (!customer || !timingSafeEqual(given, Buffer.from((hash ?? '').padEnd(64, '0'), 'hex'))) {
      throw new UnauthorizedException('mail or password is wrong');
    }
    return customer;
  }

  async update(id: number, changes: Partial<Customer>): Promise<void> {
    await this.customers.update({ id }, changes);
  }

  async rename(id: number, changes: Partial<Customer>): Promise<void> {
    const name = String(changes.name ?? '').slice(0, 80);
    await this.customers.update({ id }, { name });
  }

  async prefer(id: number, changes: Record<string, unknown>): Promise<unknown> {
    const customer = await this.customers.findOneByOrFail({ id });
    const preferences = merge({ ...DEFAULTS, ...customer.preferences }, changes);
    return preferences;
  }

  defaults(changes: Record<string, unknown>): unknown {
    return overlay(DEFAULTS, changes);
  }

  drafts(cookie: string): unknown {
    return unserialize(Buffer.from(cookie, 'base64').toString('utf8'));
  }

  recent(cookie: string): unknown {
    return JSON.parse(Buffer.from(cookie, 'base64').toString('utf8') || '[]');
  }
}
