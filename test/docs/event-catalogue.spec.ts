import { eventTypes } from '#testing/event-examples';
import { eventCatalogue } from './event-catalogue';

const sectionOf = (type: string): string => new RegExp(`### ${type}\n([^]*?)(?=\n##|$)`).exec(eventCatalogue())?.[1] ?? '';

describe('the event catalogue', () => {
  it('has a section for every event, and the same text every time', () => {
    for (const type of eventTypes) expect(sectionOf(type)).toMatch(/^\nVersion \d+\. .+\.\n/);
    expect(eventCatalogue()).toBe(eventCatalogue());
  });

  it('tells which fields are personal, and under whose key (R19)', () => {
    expect(sectionOf('EvaluationSubmitted')).toContain('| `form.comment` | text \\| null | stream key of `memberId` |');
    expect(sectionOf('AgreementReached')).toContain('| `agreement.criteria[].text` | text | stream key of `textOwner` |');
    expect(sectionOf('MemberEnrolled')).toContain('| `offers[].content.topic.text` | text | member key of `memberId` |');
    expect(sectionOf('EvaluationSubmitted')).toContain('| `form.overall` | 1 to 5 |  |');
  });
});
