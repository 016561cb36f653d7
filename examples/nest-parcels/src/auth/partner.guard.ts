import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import type { Request } from 'express';
import jwt from 'jsonwebtoken';

import { keys } from '../config';

function bearer(request: Request): string {
  const [scheme, token] = (request.get('authorization') ?? '').split(' ');
  return scheme === 'Bearer' ? (token ?? '') : '';
}

@Injectable()
export class PartnerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const claims = jwt.decode(bearer(request)) as { partner?: string } | null;
    if (!claims?.partner) {
      throw new UnauthorizedException('a token of a partner, please');
    }
    return true;
  }
}

@Injectable()
export class ImporterGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const claims = jwt.verify(bearer(request), keys.partner, { algorithms: ['HS512'] }) as { importer?: string };
    return Boolean(claims.importer);
  }
}
