import { useId, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from 'react';
import { useTellName, type FieldError } from './field-names';

export interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with it, in words: of this page, or of the API. */
  readonly error?: FieldError | string | undefined;
}

/** Ids that tie label, hint and error to one control. */
export const useTies = ({ label, hint, error }: FieldProps) => {
  const id = useId();
  useTellName(error, label);
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
          {typeof error === 'object' ? error.message : error}
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

type FileProps = FieldProps & { readonly accept: string; readonly onChange: (file: File | null) => void };

export const FileField = ({ label, hint, error, accept, onChange }: FileProps) => {
  const { id, control, below } = useTies({ label, hint, error });
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        type="file"
        className="input"
        accept={accept}
        {...control}
        // the same file, altered since, is another one
        onClick={({ currentTarget }) => (currentTarget.value = '')}
        onChange={({ target }) => onChange(target.files?.[0] ?? null)}
      />
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

type CheckProps = FieldProps & { readonly isChecked: boolean; readonly onChange: (isChecked: boolean) => void };

export const Check = ({ label, hint, error, isChecked, onChange }: CheckProps) => {
  const { control, below } = useTies({ label, hint, error });
  return (
    <div className="field">
      <label className="check">
        <input type="checkbox" {...control} checked={isChecked} onChange={({ target }) => onChange(target.checked)} />
        <span>{label}</span>
      </label>
      {below}
    </div>
  );
};
