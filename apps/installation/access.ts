import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension } from '@nestjs/swagger';
import type { MemberId, NetworkId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import type { DomainActor, Role } from '#domain/vocabulary';

export type PersonRole = Exclude<Role, 'system'>;
/** What a token may claim in a network; mediators come from the log alone, operators are the installation's (R23). */
export const CLAIMED: readonly PersonRole[] = [
  'member',
  'facilitator',
  'network-lead',
  'hr',
  'auditor',
  'dashboard',
  'data-protection-officer',
];
/** What a token can make of somebody: that, and an operator, by a claim of its own. */
export const TOKEN_ROLES: readonly PersonRole[] = [...CLAIMED, 'operator'];

/** `any-token`: for whoever holds a valid one, beside all networks. `visitor`: for anybody; who is signed in is known. */
export type Access = 'public' | 'visitor' | 'any-token' | { readonly roles: readonly PersonRole[] };

export const ACCESS = 'savoirs:access';

/** Who may use a route; the first role that the caller has is the one they act in. A route without this, or `Public`, fails a test. */
export const Allow = (...roles: readonly PersonRole[]): MethodDecorator =>
  applyDecorators(
    SetMetadata(ACCESS, { roles } satisfies Access),
    ApiBearerAuth(),
    ApiCookieAuth(),
    ApiExtension('x-savoirs-roles', roles),
  );

export const Public = (): MethodDecorator =>
  applyDecorators(SetMetadata(ACCESS, 'public' satisfies Access), ApiExtension('x-savoirs-roles', ['public']));

export const Visitor = (): MethodDecorator =>
  applyDecorators(SetMetadata(ACCESS, 'visitor' satisfies Access), ApiExtension('x-savoirs-roles', ['public']));

/** For a route that belongs to no network: what the token says decides what it answers. */
export const AnyToken = (): MethodDecorator =>
  applyDecorators(
    SetMetadata(ACCESS, 'any-token' satisfies Access),
    ApiBearerAuth(),
    ApiCookieAuth(),
    ApiExtension('x-savoirs-roles', ['any token']),
  );

/** What somebody with a token is in one network. */
export interface Belonging {
  readonly networkId: NetworkId;
  readonly roles: readonly PersonRole[];
  /** Null for who never called there. */
  readonly id: MemberId | null;
}

/** Who calls: an opaque id in this network, the role they act in, and all roles they have here (mediators: on routes that are for them). */
export interface Caller {
  readonly networkId: NetworkId;
  readonly actor: DomainActor;
  readonly roles: readonly PersonRole[];
  /** Milliseconds since 1970: what lasts longer than a request ends then. */
  readonly expiresAt: number;
}

/** Who holds a token, where no network is named: by subject, which leaves this process nowhere. */
export interface Holder {
  readonly subject: string;
  readonly networks: readonly Belonging[];
  readonly isOperator: boolean;
}

export interface WithCaller {
  caller?: Caller;
  holder?: Holder;
  /** Of whoever is signed in by a cookie. */
  sessionExpiresAt?: Instant;
}

export const HolderOf = createParamDecorator((_: unknown, context: ExecutionContext): Holder => {
  const { holder } = context.switchToHttp().getRequest<WithCaller>();
  if (!holder) throw new Error('this route is not for any token');
  return holder;
});

export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<WithCaller>();
  if (!caller) throw new Error('a route that is public has no caller');
  return caller;
});
