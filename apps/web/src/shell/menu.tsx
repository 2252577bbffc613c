import { useId, useRef, useState, type PropsWithChildren } from 'react';

/** Links: a bar where there is room for it, else a list behind a button. */
export const Menu = ({ label, button, look, children }: PropsWithChildren<{ label: string; button: string; look: 'site' | 'desk' }>) => {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();
  return (
    <nav
      className={`menu ${look}-nav no-print`}
      aria-label={label}
      onKeyDown={({ key }) => {
        if (key !== 'Escape' || !isOpen) return;
        setOpen(false);
        opener.current?.focus();
      }}
      onClick={({ target }) => {
        if ((target as Element).closest('a')) setOpen(false);
      }}
      // a list that stayed open would lie over what is read next
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget && !currentTarget.contains(relatedTarget)) setOpen(false);
      }}
    >
      <button
        type="button"
        className="button menu-button"
        ref={opener}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      <div id={id} className={isOpen ? 'menu-links open' : 'menu-links'}>
        {children}
      </div>
    </nav>
  );
};
