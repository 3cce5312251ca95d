import type { ReactNode } from "react";
import { Wordmark } from "#components/shell/mark.tsx";
import { AuthPicture } from "./auth-picture.tsx";

export interface AuthFrameProps {
  title: ReactNode;
  subtitle: ReactNode;
  /** The studio's version, at the foot. */
  version: string;
  children: ReactNode;
}

/** The pages before the studio: a form at the left, what it is about at the right. */
export function AuthFrame({ title, subtitle, version, children }: AuthFrameProps) {
  return (
    <div className="flex min-h-dvh bg-panel">
      <div className="flex w-full flex-col px-6 py-8 min-[960px]:w-[38.9%] min-[960px]:min-w-[480px] min-[960px]:border-line min-[960px]:border-r min-[960px]:px-12">
        <header>
          <Wordmark large />
        </header>
        <main className="mx-auto flex w-full max-w-[360px] flex-1 flex-col justify-center py-10">
          <h1 className="text-page-lg">{title}</h1>
          <p className="mt-1 mb-6 text-[14px]/5 text-ink-2">{subtitle}</p>
          {children}
        </main>
        <footer className="text-secondary text-ink-3">Atelier {version}</footer>
      </div>
      <div
        aria-hidden="true"
        className="flex-1 overflow-hidden bg-bg bg-[radial-gradient(var(--line-2)_1px,transparent_1px)] bg-[size:16px_16px] max-[959px]:hidden"
      >
        <AuthPicture />
      </div>
    </div>
  );
}
