import type { MemberId } from '#domain/ids';
import type { Message } from '#kernel/message';

export type Row = readonly [MemberId, Message];
