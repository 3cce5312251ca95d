import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Providers } from "#components/providers.tsx";
import { themeScript } from "#components/theme/theme-script.ts";
import { fontVariables } from "./fonts/fonts.ts";
import "./globals.css";
import { RouterNavigation } from "./navigation.tsx";

export const metadata: Metadata = {
  title: { default: "Atelier", template: "%s · Atelier" },
  description: "The open-source studio for machine learning.",
  icons: { icon: { url: "/icon.svg", type: "image/svg+xml" } },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#F4F6F6" },
    { media: "(prefers-color-scheme: dark)", color: "#0C0F0F" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" data-theme="light" className={fontVariables} suppressHydrationWarning>
      <head>
        {/* The theme must be known before the first paint, so this runs while the page is parsed. */}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, and script text must not be escaped */}
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <RouterNavigation>
          <Providers>{children}</Providers>
        </RouterNavigation>
      </body>
    </html>
  );
}
