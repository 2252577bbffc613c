/** Two arcs that hold one another: what is given comes back, from elsewhere. */
export const Logo = () => (
  <svg viewBox="0 0 32 32" fill="none" stroke="currentColor" strokeWidth="3.4" strokeLinecap="round" aria-hidden="true">
    <path d="M21.5 8.2A8.6 8.6 0 1 0 16 24.4" />
    <path d="M10.5 23.8A8.6 8.6 0 1 0 16 7.6" />
  </svg>
);
