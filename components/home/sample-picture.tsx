/** Data, run, model: the sample's three parts. Ornament. */
export function SamplePicture() {
  return (
    <div
      aria-hidden="true"
      className="h-[114px] flex-none overflow-hidden rounded-control bg-bg bg-[radial-gradient(var(--line-2)_1px,transparent_1px)] bg-[size:12px_12px]"
    >
      <svg viewBox="0 0 240 112" className="mx-auto h-full" fill="none" role="presentation">
        <path
          d="M120 32V44M120 64C120 72 92 70 92 80M120 64C120 72 150 70 150 80"
          stroke="var(--ink-3)"
          strokeWidth="1.2"
        />
        <rect
          x="86"
          y="12"
          width="68"
          height="20"
          rx="4"
          fill="var(--amount-2)"
          stroke="var(--accent-line)"
        />
        <rect
          x="86"
          y="44"
          width="68"
          height="20"
          rx="4"
          fill="var(--amount-3)"
          stroke="var(--accent-line)"
        />
        <rect x="50" y="80" width="76" height="20" rx="4" fill="var(--panel)" stroke="var(--line-2)" />
        <rect x="134" y="80" width="56" height="20" rx="4" fill="var(--panel)" stroke="var(--line-2)" />
        <path d="M58 94l8-6 8 2 8-5 8 1 10-3 16-1" stroke="var(--chart-1)" strokeWidth="1.5" />
        <path d="M156 86h20M156 90h14M156 94h17" stroke="var(--bar)" strokeWidth="2" />
        <circle cx="145" cy="90" r="4" fill="var(--accent)" />
      </svg>
    </div>
  );
}
