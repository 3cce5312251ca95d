import { notFound } from "next/navigation";

/** An address that no page has, shown inside the frame of the workspace. */
export default function UnknownPage() {
  notFound();
}
