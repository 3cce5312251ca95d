import { type ReactNode, useId } from "react";

export interface HomeSectionProps {
  title: string;
  /** Between title and aside: tabs. */
  tabs?: ReactNode;
  /** At the right: a count, a link to all. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A part of the home page under its own head. */
export function HomeSection({ title, tabs, aside, children }: HomeSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={id} className="text-section">
          {title}
        </h2>
        {tabs}
        {aside === undefined ? null : (
          <div className="ml-auto flex items-center gap-3 text-secondary text-ink-3">{aside}</div>
        )}
      </div>
      {children}
    </section>
  );
}
