import type { PropsWithChildren } from 'react';
import { Scrollable } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';

const useHeadTexts = defineTexts('event-rows', {
  fr: { number: 'N°', what: 'Quoi', when: 'Quand' },
  en: { number: 'No.', what: 'What', when: 'When' },
});

/** Events in their order, a row each: number, what, when, then the columns named. */
export const EventRows = ({ label, columns, children }: PropsWithChildren<{ label: string; columns: readonly string[] }>) => {
  const say = useHeadTexts();
  return (
    <Scrollable label={label}>
      <table className="timeline">
        <thead>
          <tr>
            <th scope="col" className="number">
              {say('number')}
            </th>
            {[say('what'), say('when'), ...columns].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Scrollable>
  );
};
