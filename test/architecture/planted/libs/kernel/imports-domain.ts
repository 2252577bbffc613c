import type { MemberId } from '#domain/ids';

export type Wrong = MemberId;
