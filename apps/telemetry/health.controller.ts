import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Runtime } from '#read-store/subscriptions/runtime';
import type { Installation } from '../installation/installation';
import { Public } from '../installation/access';
import { inTime } from './with-timeout';
import { METRICS, type Metrics } from './metrics';

export const RUNTIME = Symbol('Runtime');

export interface Running {
  readonly installation: Installation;
  readonly runtime: Runtime | null;
  /** Set on SIGTERM: not ready, while what is under way is finished. */
  stopping?: boolean;
}

@Controller()
export class HealthController {
  constructor(
    @Inject(RUNTIME) private readonly running: Running,
    @Inject(METRICS) private readonly measured: Metrics,
  ) {}

  @Get('health/live')
  @Public()
  @ApiOperation({ summary: 'The process answers' })
  live() {
    return { live: true };
  }

  @Get('health/ready')
  @Public()
  @ApiOperation({ summary: 'The log answers and is followed, every read model can be asked, and each projection says where it stands' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { installation, runtime, stopping = false } = this.running;
    const { log, subscriptions, builds } = installation;
    const answers = (await inTime(log.head())) !== null;
    const status = answers && runtime ? ((await inTime(runtime.status())) ?? []) : [];
    const followed = !subscriptions?.areLost();
    const unserved = (await inTime(builds.unserved())) ?? [];
    const ready = answers && followed && !stopping && unserved.length === 0;
    void reply.status(ready ? 200 : 503);
    return {
      ready,
      log: !answers ? 'unavailable' : followed ? 'available' : 'not-followed',
      subscriptions: subscriptions?.now() ?? [],
      unserved,
      projections: status.map(({ name, version, build, serves, state, pace, lagEvents, parked }) => {
        return { name, version, build, serves, state, pace, lagEvents, parked };
      }),
    };
  }

  @Get('metrics')
  @Public()
  @Header('content-type', 'text/plain; version=0.0.4')
  @ApiOperation({ summary: 'Prometheus metrics: no id, nothing of a person' })
  metrics() {
    return this.measured.registry.metrics();
  }
}
