import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import { TOKEN_ROLES, type PersonRole } from '#apps/installation/access';
import { readModels } from '#projections/read-models';
import { operationsOf, resolved, type Document, type Operation } from './grammar';
import { hostileBytes, hostileText, longText, altered, type Json } from './hostile-values';
import type { Ids, Caller, PlayedNetwork } from './played-network';
import { anId, validValue, type ValueSource } from './valid-values';

/** One request, as it goes over the wire. */
export interface FuzzRequest {
  /** It is made from this seed alone. */
  readonly seed: number;
  readonly method: string;
  /** As the document writes it. */
  readonly route: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** Null: without a token. */
  readonly as: Pick<Caller, 'subject' | 'roles'> | null;
  /** An answer to it never ends. */
  readonly isFeed: boolean;
}

export interface PlayedApi {
  readonly document: Document;
  readonly played: PlayedNetwork;
  readonly now: number;
}

/** How far requests of one kind are from right: so that many also reach what is behind validation. */
const KINDS = [
  [55, 'valid'],
  [30, 'one-wrong'],
  [15, 'wild'],
] as const;
type Kind = (typeof KINDS)[number][1];

/** Else nobody would be left, and every read model paused, long before the end. */
const RARE = /\/(operations|leave|erasure|policy|retention-runs|feeds|charter$)|\/rounds$/;

/** Half a surrogate has no bytes: its place holds what a browser would send. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));

class RequestMaker {
  private readonly chance: SeededRandom;
  private readonly operation: Operation;
  private readonly kind: Kind;
  private near: Ids = new Map();

  constructor(
    private readonly seed: number,
    private readonly api: PlayedApi,
    operations: readonly Operation[],
  ) {
    this.chance = seededRandom(seed, 'request');
    this.operation = this.drawn(operations);
    this.kind = this.chance.weighed(KINDS);
  }

  asked(): FuzzRequest {
    const path = this.path();
    const body = this.body();
    return {
      ...{ seed: this.seed, method: this.method(), route: this.operation.path, path, body },
      headers: { ...this.headers(), ...(body === null ? {} : { 'content-type': this.contentType() }) },
      as: this.caller(),
      isFeed: this.operation.path.includes('/feeds/'),
    };
  }

  private get source(): ValueSource {
    return { ...this.api, near: this.near, chance: this.chance };
  }

  /** Whether this part is to be wrong. */
  private wrong(share: number): boolean {
    return this.kind !== 'valid' && this.chance.yes(this.kind === 'wild' ? Math.min(1, share * 2) : share);
  }

  private drawn(operations: readonly Operation[]): Operation {
    const one = this.chance.of(operations);
    return RARE.test(one.path) && this.chance.yes(0.8) ? this.chance.of(operations.filter(({ path }) => !RARE.test(path))) : one;
  }

  private method(): string {
    return this.wrong(0.02) ? this.chance.of(['PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE']) : this.operation.method;
  }

  private path(): string {
    const filled = this.operation.path.replace(/\{(\w+)\}/g, (_, name: string) => this.inPath(name));
    const path = this.wrong(0.02) ? `${filled}${this.chance.of(['/', '//', '/..', '/%00', '/%ff', '/%', '/x', ';a=b'])}` : filled;
    const query = this.query();
    return query === '' ? path : `${path}?${query}`;
  }

  private inPath(name: string): string {
    const { played } = this.api;
    if (this.wrong(0.06)) return encoded(this.chance.yes(0.2) ? longText(this.chance) : hostileText(this.chance)) || '%20';
    if (name === 'networkId') return played.networkId;
    if (name === 'name') return this.readModel();
    const id = anId(name, this.source);
    if (this.near.size === 0) this.near = played.near.get(id) ?? this.near;
    return id;
  }

  private readModel(): string {
    return this.chance.yes(0.9) ? this.chance.of(readModels).projection.name : encoded('process/enrolment');
  }

  private query(): string {
    const parts = this.operation.parameters
      .filter((one) => one.in === 'query' && (one.required === true || this.chance.yes(0.4)))
      .flatMap(({ name, schema }) => {
        const value = this.wrong(0.3) ? this.hostileInQuery() : encoded(String(validValue(name, schema, this.source)));
        return this.wrong(0.05) ? [`${name}=${value}`, `${name}=${value}`] : [`${name}=${value}`];
      });
    if (this.wrong(0.05))
      parts.push(this.chance.of(['x=1', 'constructor=1', 'limit[]=1', 'limit[a]=1', '__proto__[a]=1', '=', '&&&', 'after']));
    return parts.join('&');
  }

  private hostileInQuery(): string {
    const { chance } = this;
    return chance.weighed<() => string>([
      [8, () => encoded(hostileText(chance))],
      [1, () => encoded(longText(chance).slice(0, 3_000))],
      [1, () => chance.of(['%', '%00', '%ff', '%ed%a0%80', '%c0%80', '+', '%2B'])],
      [1, () => encoded(chance.of(this.api.played.tokens))],
    ])();
  }

  private body(): Buffer | null {
    const { operation, chance } = this;
    if (!operation.body) return this.wrong(0.05) || chance.yes(0.02) ? hostileBytes('{}', chance) : null;
    const valid = validValue('', this.consistent(), this.source);
    if (this.wrong(0.08)) return hostileBytes(JSON.stringify(valid), chance);
    return Buffer.from(JSON.stringify(this.spoilt(valid)));
  }

  private consistent() {
    return resolved(this.operation.body ?? {}, this.api.document);
  }

  private spoilt(valid: Json): Json {
    const times = this.kind === 'valid' ? 0 : this.kind === 'wild' ? this.chance.whole(1, 4) : Number(this.chance.yes(0.7));
    let value = valid;
    for (let time = 0; time < times; time += 1) value = altered(value, this.chance);
    return value;
  }

  private contentType(): string {
    if (!this.wrong(0.05)) return 'application/json';
    return this.chance.of([
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-16',
      'multipart/form-data',
      'x',
      ',',
    ]);
  }

  private headers(): Readonly<Record<string, string>> {
    const { chance } = this;
    const given = (share: number, name: string, values: readonly string[]) => (chance.yes(share) ? { [name]: chance.of(values) } : {});
    return {
      // few keys: many come again, with another body
      ...given(0.3, 'idempotency-key', [`key-${chance.whole(1, 30)}`, `key-${this.seed}`, 'é', 'a b', 'a'.repeat(256)]),
      ...given(0.06, 'if-match', ['*', '*', '"0"', '"1.abc"', '"99999999999999"', 'W/"1"', '""', 'x', '"1", "2"', '"1e9"']),
      ...given(0.1, 'if-none-match', ['*', '"0"', 'W/"x"', '"a", "b"', ',']),
      ...given(0.05, 'accept', ['text/csv', 'text/html', 'application/xml', '*/*;q=0', ',', 'text/event-stream']),
      ...given(0.05, 'accept-language', ['en', 'fr', 'de, *;q=0', '*', ';;;', 'a'.repeat(1_000)]),
      ...given(0.05, 'last-event-id', ['', '0', 'x:y', chance.of(this.api.played.tokens), '9'.repeat(300)]),
      ...given(0.03, 'x-request-id', ['a', '\u00ff', 'a'.repeat(4_000), '{}']),
      ...given(0.02, 'accept-encoding', ['gzip', 'br;q=2', 'x']),
      ...(this.wrong(0.02) ? { 'content-encoding': chance.of(['gzip', 'br', 'x']) } : {}),
      ...(this.wrong(0.02)
        ? { origin: 'null', 'x-forwarded-for': "1.1.1.1, '", range: 'bytes=0-1', expect: chance.of(['100-continue', 'x']) }
        : {}),
    };
  }

  private caller(): FuzzRequest['as'] {
    const { chance, operation } = this;
    const { people } = this.api.played;
    if (chance.yes(0.02)) return null;
    const claim = chance.yes(0.1) ? chance.of(TOKEN_ROLES) : this.allowed();
    const others = people.filter(({ roles, memberId }) => roles.includes(claim) && memberId !== null);
    if (claim === 'member') return this.concerned(others);
    const known = chance.yes(0.9) && others.length > 0 ? chance.of(others).subject : `stranger-${chance.whole(1, 20)}`;
    // who steers is an operator of the installation in no other way
    return { subject: known, roles: operation.path.includes('/operations') && chance.yes(0.2) ? TOKEN_ROLES : [claim] };
  }

  /** A role that the operation takes; a mediator claims to be a member. */
  private allowed(): PersonRole {
    const [role = 'member'] = this.chance.shuffled(this.operation.roles);
    return role === 'public' || role === 'mediator' ? 'member' : role;
  }

  /** Mostly one of those whose affair it is. */
  private concerned(members: readonly Caller[]): FuzzRequest['as'] {
    const { chance } = this;
    const concerned = members.filter(({ memberId }) => this.near.get('memberId')?.includes(memberId ?? ''));
    if (chance.yes(0.03) || members.length === 0) return { subject: `stranger-${chance.whole(1, 20)}`, roles: ['member'] };
    return chance.of(chance.yes(0.8) && concerned.length > 0 ? concerned : members);
  }
}

/** Request `seed` on this API: nothing else decides it, but the moment in its dates. */
export const requestsOn = (api: PlayedApi): ((seed: number) => FuzzRequest) => {
  const operations = operationsOf(api.document);
  return (seed) => new RequestMaker(seed, api, operations).asked();
};

const TOLD_BYTES = 600;

/** To be read and typed again; of a long body its beginning. */
export const describeRequest = ({ seed, method, path, headers, body, as }: FuzzRequest): string => {
  const sent =
    body === null
      ? ''
      : ` ${JSON.stringify(body.subarray(0, TOLD_BYTES).toString())}${body.length > TOLD_BYTES ? ` … ${body.length} bytes` : ''}`;
  return `--seed ${seed} --count 1: ${method} ${path.slice(0, TOLD_BYTES)} as ${as ? `${as.subject} (${as.roles.join(', ')})` : 'nobody'} ${JSON.stringify(headers)}${sent}`;
};
