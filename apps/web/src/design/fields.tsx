import { useId, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from 'react';

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with it: field and rule, in words. */
  readonly error?: string | undefined;
}

/** Ids that tie label, hint and error to one control. */
const useTies = ({ hint, error }: FieldProps) => {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const control = { id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined };
  const below = (
    <>
      {hint ? (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
      {error ? (
        <span className="error" id={`${id}-error`}>
          {error}
        </span>
      ) : null}
    </>
  );
  return { id, control, below };
};

type TextProps = FieldProps & Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> & { readonly onChange: (value: string) => void };

export const TextField = ({ label, hint, error, onChange, ...rest }: TextProps) => {
  const { id, control, below } = useTies({ label, hint, error });
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input type="text" className="input" {...rest} {...control} onChange={({ target }) => onChange(target.value)} />
      {below}
    </div>
  );
};

type AreaProps = FieldProps &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> & { readonly onChange: (value: string) => void };

export const TextArea = ({ label, hint, error, onChange, ...rest }: AreaProps) => {
  const { id, control, below } = useTies({ label, hint, error });
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea className="input" rows={4} {...rest} {...control} onChange={({ target }) => onChange(target.value)} />
      {below}
    </div>
  );
};

interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

type SelectProps<Value extends string> = FieldProps & {
  readonly value: Value | '';
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value | '') => void;
  /** What the empty choice is called; without it there is none. */
  readonly any?: string;
};

export const Select = <Value extends string>({ label, hint, error, value, options, onChange, any }: SelectProps<Value>) => {
  const { id, control, below } = useTies({ label, hint, error });
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select className="input" {...control} value={value} onChange={({ target }) => onChange(target.value as Value | '')}>
        {any === undefined ? null : <option value="">{any}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {below}
    </div>
  );
};

type ChoicesProps<Value extends string> = FieldProps & {
  readonly value: Value | '';
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  /** Short ones that are read as a line, from one end to the other. */
  readonly isScale?: boolean;
};

/** One of a few, all seen at once. */
export const Choices = <Value extends string>({ label, hint, error, value, options, onChange, isScale = false }: ChoicesProps<Value>) => {
  const { id, control, below } = useTies({ label, hint, error });
  return (
    <fieldset className="field" aria-describedby={control['aria-describedby']}>
      <legend>{label}</legend>
      <div className={isScale ? 'choices scale' : 'choices'}>
        {options.map((option) => (
          <label key={option.value} className="choice">
            <input type="radio" name={id} value={option.value} checked={value === option.value} onChange={() => onChange(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
      {below}
    </fieldset>
  );
};

export const Check = ({
  label,
  isChecked,
  onChange,
  error,
}: {
  readonly label: ReactNode;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly error?: string | undefined;
}) => {
  const id = useId();
  return (
    <div className="field">
      <label className="check">
        <input
          type="checkbox"
          checked={isChecked}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? id : undefined}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span>{label}</span>
      </label>
      {error ? (
        <span className="error" id={id}>
          {error}
        </span>
      ) : null}
    </div>
  );
};
