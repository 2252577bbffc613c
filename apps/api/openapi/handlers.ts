import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { controllers } from '../api.module';
import type { Shape } from './checked-schemas';

/** The classes that a route's body and query are checked by. */
export interface Taken {
  readonly body?: Shape;
  readonly query?: Shape;
}

const methodsOf = (controller: Shape): readonly string[] =>
  Object.getOwnPropertyNames(controller.prototype).filter((name) => name !== 'constructor');

const takenBy = (controller: Shape, method: string): Taken => {
  const given = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {}) as Record<string, { readonly index: number }>;
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype, method) ?? []) as readonly Shape[];
  const ofKind = (kind: RouteParamtypes): Shape | undefined => {
    const found = Object.entries(given).find(([key]) => key.startsWith(`${kind}:`));
    return found ? types[found[1].index] : undefined;
  };
  const [body, query] = [ofKind(RouteParamtypes.BODY), ofKind(RouteParamtypes.QUERY)];
  return { ...(body ? { body } : {}), ...(query ? { query } : {}) };
};

export const operationIdOf = (controller: string, method: string): string => `${controller.replace('Controller', '')}.${method}`;

/** By operation. */
export const handlers = (): ReadonlyMap<string, Taken> =>
  new Map(
    controllers.flatMap((controller) =>
      methodsOf(controller).map((method) => [operationIdOf(controller.name, method), takenBy(controller, method)] as const),
    ),
  );
