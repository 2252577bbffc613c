import { useId } from 'react';
import { useWords } from './words';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const HALVES = ['am', 'pm'] as const;

/** Ten boxes as a table: days across, mornings and afternoons down. */
export const HalfDays = ({
  label,
  hint,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}) => {
  const words = useWords();
  const id = useId();
  const toggle = (half: string): void => onChange(chosen.includes(half) ? chosen.filter((one) => one !== half) : [...chosen, half]);
  return (
    <fieldset className="field" aria-describedby={id}>
      <legend>{label}</legend>
      <div className="scroll">
        <table className="half-days">
          <thead>
            <tr>
              <td />
              {DAYS.map((day) => (
                <th key={day} scope="col">
                  <span className="long-day">{words(`day-${day}`)}</span>
                  <span className="short-day" aria-hidden="true">
                    {words(`day-${day}`).slice(0, 3)}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {HALVES.map((half) => (
              <tr key={half}>
                <th scope="row">{words(`half-${half}`)}</th>
                {DAYS.map((day) => (
                  <td key={day}>
                    <input
                      type="checkbox"
                      aria-label={`${words(`day-${day}`)} ${words(`half-${half}`)}`}
                      checked={chosen.includes(`${day}-${half}`)}
                      onChange={() => toggle(`${day}-${half}`)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <span className="hint" id={id}>
        {hint}
      </span>
    </fieldset>
  );
};

const ORDER: readonly string[] = DAYS.flatMap((day) => HALVES.map((half) => `${day}-${half}`));

/** `lundi matin, jeudi après-midi`; none: to be agreed. */
export const useHalfDayWords = (): ((halves: readonly string[]) => string) => {
  const words = useWords();
  return (halves) =>
    halves.length === 0
      ? words('anytime')
      : [...halves]
          .sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
          .map((half) => `${words(`day-${half.slice(0, 3)}` as 'day-mon')} ${words(`half-${half.slice(4)}` as 'half-am')}`)
          .join(', ');
};
