import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { RecordAccessDto } from '#application/audit/record-access';

/** Where the document says which looks a route records. */
export const LOOK = 'x-savoirs-look';

/** What a route records of who asks it, before anything is shown (§7): the document says it, and a test asks each route whether it is so. */
export const Looks = (...purposes: readonly RecordAccessDto['purpose'][]): MethodDecorator => applyDecorators(ApiExtension(LOOK, purposes));
