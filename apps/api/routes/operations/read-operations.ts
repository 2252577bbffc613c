import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';
import type { StreamName } from '#kernel/id';
import type { ApplicationPorts } from '#application/application.module';
import type { RecordedEvent } from '#event-store/codec.port';

export class OperationsPageDto {
  /** `yyyy-mm`, in UTC; left out, this month. */
  @IsOptional()
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/, { message: '$property must be a month, as 2026-03' })
  readonly month?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit: number = 50;

  /** As `next` of the page before gave it. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  readonly cursor?: number;
}

type Acted = Extract<RecordedEvent, { type: 'OperatorActed' }>;

/**
 * What operators did, by the log itself: read models belong to the installation, and so every lead sees every act (R23). Who acted is left
 * out: the id would be of the network that they acted by.
 */
export const readOperations = async (
  { log, codec, clock }: Pick<ApplicationPorts, 'log' | 'codec' | 'clock'>,
  { month = clock.now().slice(0, 7), limit, cursor }: OperationsPageDto,
) => {
  const found = [];
  const from = cursor === undefined ? {} : { from: cursor };
  for await (const stored of log.readStream(`operations-${month}` as StreamName, { direction: 'backwards', limit: limit + 1, ...from })) {
    // A stream of this name holds acts of operators.
    const { data, meta } = codec.decode(stored) as Acted;
    const reason = (await codec.personalTexts(stored)).find(({ path }) => path === '/reason')?.text ?? null;
    found.push({ revision: stored.revision, shown: { at: meta.recordedAt, action: data.action, target: data.target, reason } });
  }
  const next = found.length > limit ? String(found[limit]!.revision) : null;
  return { month, operations: found.slice(0, limit).map(({ shown }) => shown), next };
};
