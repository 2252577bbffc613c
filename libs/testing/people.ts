import type { MemberId } from '#domain/ids';
import type { DomainActor, Role } from '#domain/vocabulary';

/** The fixed people of every test. Ids are opaque in real life; here they are first names, to read a failure. */
export const person = (name: string): MemberId => name as MemberId;

/** Gives. */
export const ana = person('ana');
/** Learns. */
export const bo = person('bo');
/** The outsider: a member who takes no part. */
export const cleo = person('cleo');
/** A second learner. */
export const dia = person('dia');
/** A second giver. */
export const eli = person('eli');
/** The facilitator. */
export const fay = person('fay');
/** Another facilitator. */
export const gus = person('gus');
/** The network lead. */
export const lou = person('lou');
/** The mediator. */
export const moe = person('moe');
/** Another mediator. */
export const ned = person('ned');
/** The data protection officer. */
export const pam = person('pam');
/** Another data protection officer. */
export const quin = person('quin');

export const acting = (id: MemberId, role: Role): DomainActor => ({ id, role });

export const asMember = (id: MemberId): DomainActor => acting(id, 'member');
export const asMediator = (id: MemberId = moe): DomainActor => acting(id, 'mediator');
export const asFacilitator = (id: MemberId = fay): DomainActor => acting(id, 'facilitator');
export const asNetworkLead = (id: MemberId = lou): DomainActor => acting(id, 'network-lead');
export const asDataProtectionOfficer = (id: MemberId = pam): DomainActor => acting(id, 'data-protection-officer');
export const system: DomainActor = acting(person('system'), 'system');
