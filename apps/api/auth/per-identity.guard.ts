import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WithCaller } from '../../installation/access';
import { RateLimits, secondsOf } from './rate-limits';

/** 429 per identity over all routes, whatever address it comes from. Public routes count by address, and ask no database. */
@Injectable()
export class PerIdentityGuard implements CanActivate {
  private readonly byAddress: RateLimits;

  constructor(private readonly byIdentity: RateLimits) {
    this.byAddress = RateLimits.inMemory(byIdentity.perMinute);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & WithCaller>();
    const { caller, holder } = request;
    const identity = holder ? `subject ${holder.subject}` : caller && `${caller.networkId} ${caller.actor.id}`;
    const left = await (identity === undefined ? this.byAddress.count(request.ip) : this.byIdentity.count(identity));
    void http.getResponse<FastifyReply>().headers({
      'x-ratelimit-limit': this.byIdentity.perMinute,
      'x-ratelimit-remaining': left.remainingPoints,
      'x-ratelimit-reset': secondsOf(left),
    });
    return true;
  }
}
