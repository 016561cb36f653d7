import { randomInt } from 'node:crypto';

import { Injectable, UnauthorizedException } from '@nestjs/common';
import jwt from 'jsonwebtoken';

import { keys } from '../config';

export interface Claims {
  sub: string;
  role: 'customer' | 'clerk';
}

@Injectable()
export class TokensService {
  issue(claims: Claims): string {
    return jwt.sign(claims, keys.session, { algorithm: 'HS256', expiresIn: '8h' });
  }

  session(token: string): Claims {
    try {
      return jwt.verify(token, keys.session, { algorithms: ['HS256'] }) as Claims;
    } catch {
      throw new UnauthorizedException('please sign in');
    }
  }

  /** Customers show this code at the counter. */
  pickupCode(): string {
    return Math.random().toString(10).slice(2, 8);
  }

  /** Clerks confirm a payment with this one. */
  paymentCode(): string {
    return randomInt(1_000_000).toString().padStart(6, '0');
  }
}
