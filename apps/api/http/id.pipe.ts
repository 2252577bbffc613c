import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { fieldRule } from '../problems/field-rules';
import { problem } from '../problems/problem';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An id in a path: a canonical lower-case UUID, or there is nothing here. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string, { data }: ArgumentMetadata): string {
    if (!UUID.test(value))
      throw problem(
        404,
        'not-found',
        { en: 'There is nothing here', fr: 'Il n’y a rien ici' },
        { errors: [{ field: data ?? 'id', message: fieldRule('a UUID in lower case') }] },
      );
    return value;
  }
}
