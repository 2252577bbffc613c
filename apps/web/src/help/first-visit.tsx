import { useMatches, useNavigate } from '@tanstack/react-router';
import { Button } from '../design/parts';
import { defineTexts } from '../i18n/define-texts';
import { useNetwork } from '../session/session';
import { helpFor, leadOf } from './help-texts';
import { endVisit, toStep, useVisitStep } from './visit-progress';

const useTexts = defineTexts('first-visit', {
  fr: {
    title: 'Première visite, {{at}} sur {{all}} : {{page}}',
    next: 'Continuer : {{page}}',
    end: 'C’est compris',
    skip: 'Passer la visite',
    'from-here': 'L’aide de chaque page est en haut, à tout moment.',
  },
  en: {
    title: 'First visit, {{at}} of {{all}}: {{page}}',
    next: 'Go on: {{page}}',
    end: 'Understood',
    skip: 'Skip the tour',
    'from-here': 'Each page’s help is on top, at any time.',
  },
});

export interface VisitedPage {
  readonly to: string;
  readonly label: string;
}

/** One page after the other of those in the bar, each with what it is for; it stands in nobody's way elsewhere. */
export const FirstVisit = ({ pages }: { readonly pages: readonly VisitedPage[] }) => {
  const say = useTexts();
  const step = useVisitStep() ?? -1;
  const navigate = useNavigate();
  const { networkId } = useNetwork();
  const here = useMatches({ select: (matches) => matches.at(-1)?.fullPath.replace(/\/$/, '') });
  const page = pages[step];
  if (page === undefined || page.to !== here) return null;
  const next = pages[step + 1];
  return (
    <aside className="card calm no-print" aria-label={say('title', { at: step + 1, all: pages.length, page: page.label })}>
      <p className="small soft">{say('title', { at: step + 1, all: pages.length, page: page.label })}</p>
      <p>{leadOf(helpFor(page.to))}</p>
      {next ? null : <p>{say('from-here')}</p>}
      <div className="row">
        {next ? (
          <>
            <Button
              onClick={() => {
                toStep(step + 1);
                void navigate({ to: next.to as '/n/$networkId', params: { networkId } });
              }}
            >
              {say('next', { page: next.label })}
            </Button>
            <Button look="plain" onClick={endVisit}>
              {say('skip')}
            </Button>
          </>
        ) : (
          <Button onClick={endVisit}>{say('end')}</Button>
        )}
      </div>
    </aside>
  );
};
