import type { Metadata } from "next";
import { GeneralSettings } from "#components/people/settings/general-settings.tsx";

export const metadata: Metadata = { title: "General" };

export default function Page() {
  return <GeneralSettings />;
}
