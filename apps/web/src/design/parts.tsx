import {
  createContext,
  useContext,
  useEffect,
  useId,
  useRef,
  type ButtonHTMLAttributes,
  type PropsWithChildren,
  type ReactNode,
  type SyntheticEvent,
} from 'react';
import { FieldNames, SectionTitle } from './field-names';

/** Never shut: whoever presses it too early is told what is still to be given. */
type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  readonly look?: 'primary' | 'plain' | 'bad';
  /** While what it began is under way: it says so, and is not pressed twice. */
  readonly isBusy?: boolean;
};

export const Button = ({ look, isBusy = false, className, ...rest }: ButtonProps) => (
  <button type="button" {...rest} className={['button', look, className].filter(Boolean).join(' ')} aria-disabled={isBusy || undefined} />
);

/** Buttons of which one is pressed: what of a page is shown. */
export const Switch = <Value extends string | undefined>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}) => (
  <div className="row" role="group" aria-label={label}>
    {options.map((option) => (
      <Button
        key={option.value ?? ''}
        {...(value === option.value ? { look: 'primary' as const } : {})}
        aria-pressed={value === option.value}
        onClick={() => onChange(option.value)}
      >
        {option.label}
      </Button>
    ))}
  </div>
);

interface FormProps {
  readonly onSend: () => void;
  readonly className?: string;
  readonly autoComplete?: 'off';
}

const FIRST_WRONG = '.field:has(> .error) :is(input, select, textarea)';

/** What is sent by its button or by Enter; what is wrong with it the page says, not the browser, and goes to the first of it. */
export const Form = ({ onSend, className = 'stack', children, ...rest }: PropsWithChildren<FormProps>) => (
  <form
    {...rest}
    className={className}
    noValidate
    onSubmit={(event) => {
      event.preventDefault();
      onSend();
      const form = event.currentTarget;
      requestAnimationFrame(() => form.querySelector<HTMLElement>(FIRST_WRONG)?.focus());
    }}
  >
    {children}
  </form>
);

/** A page: its title takes the focus when one comes here by a link, and is the window's. What was just loaded begins at its top, with the link to the content. */
export const Page = ({ title, lead, tools, children }: PropsWithChildren<{ title: string; lead?: ReactNode; tools?: ReactNode }>) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Savoirs`;
  }, [title]);
  useEffect(() => {
    if (navigator.userActivation.hasBeenActive) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="stack page">
      <header className="stack tight">
        <div className="row apart">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {tools}
        </div>
        {lead ? <p className="soft">{lead}</p> : null}
      </header>
      <FieldNames>{children}</FieldNames>
    </div>
  );
};

/** What a heading below stands under. */
const Below = createContext<'h2' | 'h3'>('h2');

export const Section = ({ title, tools, children }: PropsWithChildren<{ title: string; tools?: ReactNode }>) => {
  const id = useId();
  return (
    <section className="stack tight" aria-labelledby={id}>
      <div className="row apart">
        <h2 id={id}>{title}</h2>
        {tools}
      </div>
      <Below value="h3">
        <SectionTitle value={title}>{children}</SectionTitle>
      </Below>
    </section>
  );
};

export const Card = ({ tone, children }: PropsWithChildren<{ tone?: 'calm' | 'first' }>) => (
  <div className={['card', tone].filter(Boolean).join(' ')}>{children}</div>
);

export const Tag = ({ tone, children }: PropsWithChildren<{ tone?: 'accent' | 'warn' | 'bad' }>) => (
  <span className={['tag', tone].filter(Boolean).join(' ')}>{children}</span>
);

/** A table that may be wider than its page: moved within, with keys, too, once it has the focus. */
export const Scrollable = ({ label, children }: PropsWithChildren<{ label: string }>) => (
  <div className="scroll" tabIndex={0} role="region" aria-label={label}>
    {children}
  </div>
);

/** What there is to do where there is nothing yet. */
export const Empty = ({ title, children }: PropsWithChildren<{ title: string }>) => {
  const Heading = useContext(Below);
  return (
    <div className="empty">
      <Heading>{title}</Heading>
      {children}
    </div>
  );
};

export const Notice = ({ tone, children }: PropsWithChildren<{ tone?: 'warn' | 'bad' }>) => (
  <div className={['notice', tone].filter(Boolean).join(' ')} role={tone === 'bad' ? 'alert' : 'status'}>
    {children}
  </div>
);

export const Waiting = ({ lines = 3, label }: { lines?: number; label: string }) => (
  <div className="stack tight" role="status">
    <span className="visually-hidden">{label}</span>
    {Array.from({ length: lines }, (_, at) => (
      <div key={at} className="waiting" />
    ))}
  </div>
);

/** The browser's own dialog: it keeps the focus, and Escape closes it. */
export const Dialog = ({
  isOpen,
  onClose,
  title,
  children,
}: PropsWithChildren<{ isOpen: boolean; onClose: () => void; title: string }>) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  // The browser tells of a closing after it: by then a quick hand may have opened it anew.
  const onEscape = (event: SyntheticEvent<HTMLDialogElement>): void => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    onClose();
  };
  const onClosed = ({ currentTarget }: SyntheticEvent<HTMLDialogElement>): void => {
    if (!currentTarget.open) onClose();
  };
  return (
    <dialog ref={dialog} onCancel={onEscape} onClose={onClosed} aria-labelledby={id}>
      {isOpen ? (
        <div className="stack">
          <h2 id={id}>{title}</h2>
          <FieldNames>
            <SectionTitle value="">{children}</SectionTitle>
          </FieldNames>
        </div>
      ) : null}
    </dialog>
  );
};
