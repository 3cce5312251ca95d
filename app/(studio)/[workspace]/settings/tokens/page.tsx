import type { Metadata } from "next";
import { TokensPage } from "#components/people/settings/tokens-page.tsx";

export const metadata: Metadata = { title: "Access tokens" };

export default function Page() {
  return <TokensPage />;
}
