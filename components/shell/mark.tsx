import { cn } from "#components/ui/cn.ts";

/** The easel that is the letter A. */
export function Mark({ size = 20, className }: { size?: number; className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      strokeLinecap="round"
      aria-hidden="true"
      className={cn("flex-none", className)}
    >
      <path
        d="M10 2.6 4.6 17.4M10 2.6l5.4 14.8"
        stroke="var(--ink)"
        strokeWidth="2.1"
        strokeLinejoin="round"
      />
      <path d="M2.4 12.4h15.2" stroke="var(--accent)" strokeWidth="2.6" />
    </svg>
  );
}

export function Wordmark({ large = false }: { large?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 text-ink">
      <Mark size={large ? 24 : 20} />
      <span className="text-wordmark" style={large ? { fontSize: 18 } : undefined}>
        Atelier
      </span>
    </span>
  );
}
