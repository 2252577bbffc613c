import { offerId, requestId } from '#testing/content';
import { ana, bo, cleo, dia, fay, moe, ned } from '#testing/people';
import { readsAgreement, seesPerson, viewerRoleOf, type Encounter, type Viewer } from './who-sees-whom';

/** Ana gives to Bo, who chose not to be shown. */
const opened: Encounter = {
  participants: [
    { memberId: ana, role: 'giver', offerId: offerId('offer-of-ana') },
    { memberId: bo, role: 'learner', requestId: requestId('request-of-bo') },
  ],
  formerly: [],
  accepted: [ana],
  mediatorId: null,
  isConfirmed: false,
};
const confirmed: Encounter = { ...opened, accepted: [ana, bo], isConfirmed: true };
const planned: Encounter = { ...confirmed, mediatorId: moe };
const viewer = (memberId: Viewer['memberId'], more: Partial<Viewer> = {}): Viewer => ({
  memberId,
  facilitates: false,
  mediators: [moe, ned],
  ...more,
});
const seesBo = (encounter: Encounter, by: Viewer, isShown = false): boolean => seesPerson({ encounter, viewer: by }, bo, isShown);

describe('who sees whom (§7)', () => {
  it('hides who chose not to be shown until they accept (§7, case 21)', () => {
    expect([seesBo(opened, viewer(ana)), seesBo(confirmed, viewer(ana))]).toEqual([false, true]);
    expect(seesBo(opened, viewer(ana), true)).toBe(true);
    expect(seesBo(opened, viewer(bo))).toBe(true);
  });

  it('hides them from a facilitator who takes part, too (§7, case 21)', () => {
    expect(seesBo(opened, viewer(ana, { facilitates: true }))).toBe(false);
    expect(seesBo(opened, viewer(fay, { facilitates: true }))).toBe(true);
  });

  it('shows nobody to those whom it does not concern (§7, case 17)', () => {
    expect(viewerRoleOf({ encounter: planned, viewer: viewer(dia) })).toBeNull();
    expect(seesPerson({ encounter: planned, viewer: viewer(dia) }, ana, true)).toBe(false);
  });

  it('shows people and their agreement to the mediator, and to any where none is left to serve (R9, case 17)', () => {
    const at = (encounter: Encounter, by: Viewer) => viewerRoleOf({ encounter, viewer: by });
    expect([at(planned, viewer(moe)), at(planned, viewer(ned))]).toEqual(['mediator', null]);
    expect([at(confirmed, viewer(ned)), at(opened, viewer(ned))]).toEqual(['mediator', null]);
    expect(at(planned, viewer(ned, { mediators: [ned] }))).toBe('mediator');
    expect(seesPerson({ encounter: planned, viewer: viewer(bo) }, moe, false)).toBe(true);
  });

  it('lets participants and the mediator read the agreement, a facilitator not (R9, case 16)', () => {
    const reads = (by: Viewer) => readsAgreement({ encounter: planned, viewer: by });
    expect([reads(viewer(bo)), reads(viewer(moe)), reads(viewer(fay, { facilitates: true })), reads(viewer(cleo))]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('leaves an exchange to who dropped out of it', () => {
    const left: Encounter = { ...planned, participants: planned.participants.slice(0, 1), formerly: [bo] };
    expect(viewerRoleOf({ encounter: left, viewer: viewer(bo) })).toBe('participant');
  });
});
