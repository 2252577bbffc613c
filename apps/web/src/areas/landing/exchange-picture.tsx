/** Four people around an open ring: each gives to another than the one they learn from. */
export const ExchangePicture = () => (
  <svg viewBox="0 0 320 260" fill="none" aria-hidden="true">
    <g stroke="currentColor" strokeWidth="5" strokeLinecap="round" strokeLinejoin="round">
      <path d="M98 56Q160 22 216 44" />
      <path d="m203 30 14 14-17 10" />
      <path d="M254 106Q266 140 246 174" />
      <path d="m247 156-2 19 18-6" />
      <path d="M212 222Q160 248 108 224" />
      <path d="m119 240-12-16 20-4" />
      <path d="M76 172Q58 140 66 116" strokeDasharray="1 13" />
    </g>
    <g fill="currentColor">
      <circle cx="66" cy="64" r="13" />
      <path d="M42 104c0-14 11-24 24-24s24 10 24 24z" />
      <circle cx="254" cy="52" r="13" opacity=".75" />
      <path d="M230 92c0-14 11-24 24-24s24 10 24 24z" opacity=".75" />
      <circle cx="240" cy="200" r="13" />
      <path d="M216 240c0-14 11-24 24-24s24 10 24 24z" />
      <circle cx="76" cy="200" r="13" opacity=".75" />
      <path d="M52 240c0-14 11-24 24-24s24 10 24 24z" opacity=".75" />
    </g>
  </svg>
);
