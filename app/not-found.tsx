import type { Metadata } from "next";
import { headers } from "next/headers";
import { NoAccess } from "#components/people/no-access.tsx";
import { findPagePrincipal, pathHeader } from "./session.ts";

export const metadata: Metadata = { title: "Not found, or no access" };

export default async function NotFoundPage() {
  const person = await findPagePrincipal();
  const path = (await headers()).get(pathHeader) ?? "/";
  return <NoAccess person={person && { name: person.name, email: person.email }} path={path} />;
}
