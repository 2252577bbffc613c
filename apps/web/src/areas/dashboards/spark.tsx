/** A line of a few months, for the eye alone: its numbers are on the indicator's own page. */
export const Spark = ({ values, threshold }: { readonly values: readonly (number | null)[]; readonly threshold: number | null }) => {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const all = threshold === null ? known : [...known, threshold];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const yOf = (value: number): number => (most === least ? 15 : 27 - ((value - least) / (most - least)) * 24);
  const xOf = (at: number): number => (at / (values.length - 1)) * 100;
  let isDown = false;
  const path = values.map((value, at) => {
    const step = value === null ? '' : `${isDown ? 'L' : 'M'}${xOf(at).toFixed(1)} ${yOf(value).toFixed(1)}`;
    isDown = value !== null;
    return step;
  });
  return (
    <svg className="spark" viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
      {threshold === null ? null : <line x1="0" x2="100" y1={yOf(threshold)} y2={yOf(threshold)} />}
      <path d={path.join('')} />
    </svg>
  );
};
