import { NotHere } from "#components/studio-frame/not-here.tsx";

export default function NotFoundInWorkspace() {
  return <NotHere />;
}
