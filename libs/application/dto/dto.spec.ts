import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { offerContent, profile, requestContent } from '#testing/content';
import { ApplyOnBehalfDto } from '../member/apply-on-behalf';
import { AskForOfferDto } from '../match/ask-for-offer';
import { ChangePolicyDto } from '../network/change-policy';
import { CorrectSessionDto } from '../exchange/correct-session';
import { DeclineMatchDto } from '../match/decline-match';
import { EnrolMemberDto } from '../member/enrol-member';
import { OpenNetworkDto } from '../network/open-network';
import { PauseMembershipDto } from '../member/pause-membership';
import { ProposeMatchDto } from '../match/propose-match';
import { RecordAgreementDto } from '../match/record-agreement';
import { ReportSessionDto } from '../exchange/report-session';
import { SubmitEvaluationDto } from '../exchange/submit-evaluation';
import { offerContentOf } from './content.dto';
import { policyChangesOf } from './policy.dto';

const named = (errors: readonly ValidationError[], above = ''): string[] =>
  errors.flatMap(({ property, constraints, children = [] }) => [
    ...(constraints ? [`${above}${property}`] : []),
    ...named(children, `${above}${property}.`),
  ]);

/** The fields that are refused, as an edge refuses them: unknown fields, too. */
const refused = (dto: new () => object, body: unknown): string[] =>
  named(validateSync(plainToInstance(dto, body) as object, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }));

const id = '7f0c1a52-0b53-5f7e-9a43-0d7a1c2b3d4e';
const sides = { offers: [offerContent()], requests: [requestContent()] };
const enrolment = { ...sides, charterVersion: 1, profile: profile() };
const agreement = {
  content: 'c',
  method: 'm',
  place: 'p',
  sessions: [{ start: '2026-03-10T10:00:00+01:00', minutes: 60 }],
  criteria: [{ text: 't' }],
};

describe('what an edge lets in', () => {
  it.each([
    ['EnrolMemberDto', EnrolMemberDto, enrolment],
    ['ApplyOnBehalfDto', ApplyOnBehalfDto, { ...sides, subject: 's', profile: profile(), entry: 'fair' }],
    ['RecordAgreementDto', RecordAgreementDto, agreement],
    ['CorrectSessionDto', CorrectSessionDto, {}],
    ['CorrectSessionDto', CorrectSessionDto, { now: null }],
    ['AskForOfferDto', AskForOfferDto, { content: requestContent() }],
    ['OpenNetworkDto', OpenNetworkDto, { label: 'Lyon', policy: { graceDays: 30, headcount: { 'site:LYO': 12 } } }],
    ['ProposeMatchDto', ProposeMatchDto, { offerIds: [id.toUpperCase()], requestIds: [id] }],
    [
      'SubmitEvaluationDto',
      SubmitEvaluationDto,
      { overall: 4, criteria: [{ criterionId: id, score: 5 }], again: true, comment: 'Bien\nutile' },
    ],
  ])('accepts a whole %s', (_name, dto, body) => expect(refused(dto, body)).toEqual([]));

  it.each([
    ['PauseMembershipDto', PauseMembershipDto, { until: '2026-05-01' }, ['until']],
    ['PauseMembershipDto', PauseMembershipDto, { until: '2026-13-01T00:00:00Z' }, ['until']],
    ['PauseMembershipDto', PauseMembershipDto, {}, ['until']],
    ['PauseMembershipDto', PauseMembershipDto, { until: '2026-05-01T00:00:00Z', admin: true }, ['admin']],
    ['EnrolMemberDto', EnrolMemberDto, { ...enrolment, offers: [{ ...offerContent(), grade: 'A' }] }, ['offers.0.grade']],
    ['EnrolMemberDto', EnrolMemberDto, { ...enrolment, offers: [null] }, ['offers', 'offers.0']],
    ['EnrolMemberDto', EnrolMemberDto, { ...enrolment, offers: 'all' }, ['offers']],
    ['EnrolMemberDto', EnrolMemberDto, { ...enrolment, offers: Array(21).fill(offerContent()) }, ['offers']],
    ['EnrolMemberDto', EnrolMemberDto, { ...enrolment, offers: [offerContent({ topic: undefined as never })] }, ['offers.0.topic']],
    ['EnrolMemberDto', EnrolMemberDto, { ...enrolment, offers: [offerContent({ wording: ' \n ' })] }, ['offers.0.wording']],
    ['EnrolMemberDto', EnrolMemberDto, { ...enrolment, offers: [offerContent({ wording: 'a\u0000b' })] }, ['offers.0.wording']],
    ['EnrolMemberDto', EnrolMemberDto, { ...enrolment, offers: [offerContent({ wording: 'a\ud800b' })] }, ['offers.0.wording']],
    ['EnrolMemberDto', EnrolMemberDto, { ...enrolment, offers: [offerContent({ wording: '\u200b\u2060' })] }, ['offers.0.wording']],
    ['EnrolMemberDto', EnrolMemberDto, { ...enrolment, profile: profile({ name: 'Ana\nRoy' }) }, ['profile.name']],
    ['EnrolMemberDto', EnrolMemberDto, { ...enrolment, offers: [offerContent({ wording: 'x'.repeat(2001) })] }, ['offers.0.wording']],
    ['EnrolMemberDto', EnrolMemberDto, { ...enrolment, profile: profile({ email: 'nobody' }) }, ['profile.email']],
    ['DeclineMatchDto', DeclineMatchDto, { reason: 'suspended' }, ['reason']],
    ['RecordAgreementDto', RecordAgreementDto, { ...agreement, sessions: [] }, ['sessions']],
    ['RecordAgreementDto', RecordAgreementDto, { ...agreement, criteria: [] }, ['criteria']],
    [
      'ReportSessionDto',
      ReportSessionDto,
      { start: '2026-03-10T09:00:00Z', minutes: 1.5, present: [{ memberId: 'ana', role: 'giver', minutesOutside: 0 }] },
      ['minutes', 'present.0.memberId'],
    ],
    ['ProposeMatchDto', ProposeMatchDto, { offerIds: [id, id], requestIds: [] }, ['offerIds', 'requestIds']],
    ['SubmitEvaluationDto', SubmitEvaluationDto, { overall: 6, criteria: [], again: 'yes' }, ['overall', 'again']],
    [
      'ChangePolicyDto',
      ChangePolicyDto,
      { graceDays: 0, headcount: { LYO: 1 }, thresholds: { imbalance: 0.5, dormancy: 2 } },
      ['graceDays', 'headcount', 'thresholds.dormancy'],
    ],
    ['OpenNetworkDto', OpenNetworkDto, { label: 'Lyon', timeZone: 'Mars/Olympus' }, ['timeZone']],
  ])('refuses from %s what has no place in it', (_name, dto, body, fields) => expect(refused(dto, body)).toEqual(fields));

  it('brings every spelling of an instant to the one in UTC (R24)', () => {
    expect(plainToInstance(PauseMembershipDto, { until: '2026-05-01T02:00+02:00' }).until).toBe('2026-05-01T00:00:00.000Z');
  });

  it('hands on plain values, and of a policy only what was given', () => {
    const dto = plainToInstance(ChangePolicyDto, { graceDays: 30 });
    expect(policyChangesOf(dto)).toStrictEqual({ graceDays: 30 });
    const patch = { graceDays: null, headcount: { 'site:LYO': null }, thresholds: { noShow: 0.1, dormancy: null } };
    expect(policyChangesOf(plainToInstance(ChangePolicyDto, patch))).toStrictEqual(patch);
    expect(policyChangesOf(plainToInstance(ChangePolicyDto, { thresholds: null }))).toStrictEqual({ thresholds: null });
    const [offer] = plainToInstance(EnrolMemberDto, {
      ...enrolment,
      offers: [{ ...offerContent(), smallestGroup: undefined, largestGroup: undefined }],
    }).offers;
    expect(offer && offerContentOf(offer)).toStrictEqual(offerContent({ smallestGroup: 1, largestGroup: 1 }));
  });
});
