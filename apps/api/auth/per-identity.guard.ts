import { Injectable, type ExecutionContext } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { WithCaller } from '../../installation/access';

/** 429 per identity, whatever address it comes from; by address where a route is public. */
@Injectable()
export class PerIdentityGuard extends ThrottlerGuard {
  protected override getTracker(request: Record<string, unknown>): Promise<string> {
    const { caller, holder } = request as WithCaller;
    if (holder) return Promise.resolve(`subject ${holder.subject}`);
    return Promise.resolve(caller ? `${caller.networkId} ${caller.actor.id}` : String(request['ip']));
  }

  /** One budget for all routes, not one each. */
  protected override generateKey(_: ExecutionContext, tracker: string): string {
    return tracker;
  }
}
