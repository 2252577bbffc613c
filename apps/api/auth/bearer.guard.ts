import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { IDENTITY_REGISTER, NETWORK_FACTS } from '#application/dispatch/tokens';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import type { MemberId, NetworkId } from '#domain/ids';
import type { IdentityRegister } from '#keys/keys.port';
import { needsOneOf, problem, ProblemError } from '../problems/problem';
import { problemOfStatus } from '../problems/problem-of';
import { refused } from '../problems/refusals';
import {
  ACCESS,
  CLAIMED,
  type Access,
  type Caller,
  type Holder,
  type PersonRole,
  type Belonging,
  type WithCaller,
} from '../../installation/access';
import type { TokenVerifier, Verified } from './tokens';
import { SignIn } from '../sign-in/sign-in';
import { RateLimits } from './rate-limits';

export const TOKEN_VERIFIER = Symbol('TokenVerifier');

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const NO_ROLE = { en: 'This token has no role in this network', fr: 'Ce jeton n’a pas de rôle dans ce réseau' };

const claimedIn = (verified: Verified, networkId: string): readonly PersonRole[] =>
  CLAIMED.filter((role) => verified.rolesIn(networkId).includes(role));

/** Bearer token, or else the cookie of who is signed in → opaque id and role in the network of the route. No decision on the route: nobody passes. */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(TOKEN_VERIFIER) private readonly tokens: TokenVerifier,
    @Inject(IDENTITY_REGISTER) private readonly identities: IdentityRegister,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
    private readonly signIn: SignIn,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    if (access === 'public') return true;
    if (!access) throw problem(403, 'forbidden', { en: 'This route has no rule of access', fr: 'Cette route n’a pas de règle d’accès' });
    const request = context.switchToHttp().getRequest<FastifyRequest & WithCaller>();
    try {
      if (access === 'visitor') await this.recognise(request);
      else if (access === 'any-token') request.holder = await this.holder(await this.verified(request));
      else request.caller = await this.admitted(request, access.roles);
    } catch (fault) {
      // nobody guesses tokens at their leisure; people behind the same address, or the same proxy, go on with their own
      if (fault instanceof ProblemError) await this.limits.count(`turned away ${request.ip}`);
      throw fault;
    }
    return true;
  }

  private async admitted(request: FastifyRequest, roles: readonly PersonRole[]): Promise<Caller> {
    const { networkId } = request.params as { networkId?: string };
    if (!networkId || !UUID.test(networkId)) throw refused({ code: 'network-not-found' });
    const verified = await this.verified(request);
    return this.caller(verified, networkId as NetworkId, roles);
  }

  private async verified(request: FastifyRequest): Promise<Verified> {
    const { authorization } = request.headers;
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
    const verified = token ? await this.tokens.verify(token) : authorization === undefined ? await this.signedIn(request) : null;
    if (!verified) throw problemOfStatus(401);
    return verified;
  }

  /** A feed that is open keeps nobody signed in. */
  private async signedIn(request: FastifyRequest): Promise<Verified | null> {
    const isUse = !(request.headers.accept ?? '').includes('text/event-stream');
    return (await this.signIn.of(request, { isUse }))?.verified ?? null;
  }

  private async recognise(request: FastifyRequest & WithCaller): Promise<void> {
    const signedIn = await this.signIn.of(request, { isUse: false });
    if (!signedIn) return;
    request.holder = await this.holder(signedIn.verified);
    request.sessionExpiresAt = signedIn.expiresAt;
  }

  private async holder(verified: Verified): Promise<Holder> {
    const networks: Belonging[] = [];
    for (const networkId of verified.networks.filter((id) => UUID.test(id))) {
      const claimed = claimedIn(verified, networkId);
      if (claimed.length === 0) continue;
      const id = (await this.identities.find(networkId, verified.subject)) as MemberId | null;
      const roles = id === null ? claimed : await this.rolesOf(networkId as NetworkId, id, claimed);
      networks.push({ networkId: networkId as NetworkId, roles, id });
    }
    return { subject: verified.subject, networks, isOperator: verified.isOperator };
  }

  private async caller(verified: Verified, networkId: NetworkId, allowed: readonly PersonRole[]): Promise<Caller> {
    const claimed = claimedIn(verified, networkId);
    const ofOneNetwork = verified.rolesIn(networkId).includes('operator') && allowed.includes('operator') && !verified.isOperator;
    if (claimed.length === 0) await this.mustOperate(verified, networkId, ofOneNetwork);
    const id = await this.identities.register(networkId, verified.subject);
    // who mediates stands in the log alone: a read, for routes where it matters
    const inNetwork = allowed.includes('mediator') ? await this.rolesOf(networkId, id as MemberId, claimed) : claimed;
    const roles = verified.isOperator ? [...inNetwork, 'operator' as const] : inNetwork;
    const role = allowed.find((one) => roles.includes(one));
    if (!role) {
      if (ofOneNetwork) throw operatorOfOneNetwork();
      throw needsOneOf(allowed);
    }
    return { networkId, actor: { id: id as MemberId, role }, roles, expiresAt: verified.expiresAt };
  }

  /** Who has no role in a network may be the installation's operator, for each network that is open. */
  private async mustOperate(verified: Verified, networkId: NetworkId, ofOneNetwork: boolean): Promise<void> {
    if (ofOneNetwork) throw operatorOfOneNetwork();
    if (!verified.isOperator) throw problem(403, 'not-in-this-network', NO_ROLE, { rule: 'R23' });
    if ((await this.facts.of(networkId)) === null) throw refused({ code: 'network-not-found' });
  }

  private async rolesOf(networkId: NetworkId, id: MemberId, claimed: readonly PersonRole[]): Promise<readonly PersonRole[]> {
    const isMediator = (await this.facts.of(networkId))?.mediators.includes(id) ?? false;
    return isMediator ? [...claimed, 'mediator'] : claimed;
  }
}

/** Read models belong to the installation: whoever has that role within one network acts on none of them. */
const operatorOfOneNetwork = (): ProblemError =>
  problem(
    403,
    'forbidden',
    {
      en: 'Operators are the installation’s, not one network’s',
      fr: 'Les exploitants sont ceux de l’installation, non d’un réseau',
    },
    {
      detail: 'needs a token with the operator’s own claim (SAVOIRS_OPERATOR_CLAIM), beside all roles by network',
      rule: 'R23',
    },
  );
