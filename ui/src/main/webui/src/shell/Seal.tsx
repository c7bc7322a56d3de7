/** The mark of the suite: 工, a craftsman's square, as a seal. */
export function Seal({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="seal">
      <rect width="32" height="32" rx="6" fill="currentColor" />
      <path d="M8 9h16M16 9v14M7 23h18" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}
