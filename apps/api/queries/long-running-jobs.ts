import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ProblemError } from '../problems/problem';

/** How far something is. */
export interface JobProgress {
  /** 0 to 1, estimated; null where it cannot be known. */
  readonly share: number | null;
  readonly told: string;
}

export type Work<T> = (about: { readonly signal: AbortSignal; readonly tell: (far: JobProgress) => void }) => Promise<T>;

interface Job {
  readonly result: Promise<unknown>;
  far: JobProgress;
}

/** How long what came after its request had ended is kept for the next one. */
const KEEP_MS = 60_000;
const MAX_CONCURRENCY = 8;
const LATER = { 'retry-after': '2' };

const notYet = ({ share, told }: JobProgress): ProblemError =>
  new ProblemError(
    {
      status: 503,
      code: 'under-way',
      title: {
        en: 'This takes longer than a request: it goes on, ask again',
        fr: 'C’est plus long qu’une requête : cela continue, redemandez',
      },
      details: { share, told },
    },
    LATER,
  );

const TOO_MUCH = {
  en: 'Too much of this kind is under way: ask again later',
  fr: 'Trop de travaux de ce genre sont en cours : redemandez plus tard',
};
const tooMany = new ProblemError({ status: 503, code: 'too-much-at-once', title: TOO_MUCH }, LATER);

/**
 * Work that may take longer than a request. Who asks waits a while, then is told how far it is and asks again; the work goes on, and
 * whoever asks for the same meanwhile joins it.
 */
@Injectable()
export class LongRunningJobs implements OnModuleDestroy {
  private readonly jobs = new Map<string, Job>();
  private readonly stopping = new AbortController();

  /** @throws ProblemError 503 with the progress after `waitMs` */
  async join<T>(key: string, waitMs: number, work: Work<T>): Promise<T> {
    const job = this.jobs.get(key) ?? this.start(key, work);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, waitMs, 'late')));
    try {
      const settled = await Promise.race([job.result.then((result) => ({ result })), late]);
      if (settled === 'late') throw notYet(job.far);
      this.jobs.delete(key);
      // The same key is the same kind of work.
      return settled.result as T;
    } finally {
      clearTimeout(timer);
    }
  }

  /** What is under way ends before what it works with is closed. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled([...this.jobs.values()].map(({ result }) => result));
  }

  private start(key: string, work: Work<unknown>): Job {
    if (this.jobs.size >= MAX_CONCURRENCY) throw tooMany;
    const job: Job = {
      far: { share: null, told: 'begun' },
      // In a turn of its own: it may tell at once.
      result: Promise.resolve().then(() => work({ signal: this.stopping.signal, tell: (far) => void (job.far = far) })),
    };
    const forget = (): void => {
      if (this.jobs.get(key) === job) this.jobs.delete(key);
    };
    job.result.then(
      () => setTimeout(forget, KEEP_MS).unref(),
      () => setTimeout(forget, 5_000).unref(),
    );
    this.jobs.set(key, job);
    return job;
  }
}
