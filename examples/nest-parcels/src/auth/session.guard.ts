import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';

import { type Claims, TokensService } from './tokens.service';

export type SignedIn = Request & { claims: Claims };

@Injectable()
export class SessionGuard implements CanActivate {
  constructor(private readonly tokens: TokensService) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<SignedIn>();
    request.claims = this.tokens.session(String(request.cookies.session ?? ''));
    return true;
  }
}
