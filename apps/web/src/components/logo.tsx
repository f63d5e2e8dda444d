/** The register: names on the left, answered on the right. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" width={size} height={size} className="shrink-0">
      <rect width="32" height="32" rx="8" className="fill-primary" />
      <g className="fill-none stroke-on-primary" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M17.5 10.5H24M17.5 21.5H24" />
        <path d="m7.5 10.5 2.2 2.2 4-4.4m-6.2 12.7 2.2 2.2 4-4.4" />
      </g>
    </svg>
  );
}
