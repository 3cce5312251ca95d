"use client";

import { Database, FlaskConical, Terminal } from "lucide-react";
import { type ReactNode, useState } from "react";
import { UploadDialog } from "#components/datasets/upload-dialog.tsx";
import { AccessRequests } from "#components/people/settings/access-requests.tsx";
import { NarrowColumn } from "#components/shell/page.tsx";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { FileDrop } from "#components/ui/file-drop.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { SampleButton } from "./sample-button.tsx";
import { SamplePicture } from "./sample-picture.tsx";

function Card({
  icon,
  title,
  children,
  text,
  actions,
}: {
  icon: ReactNode;
  title: string;
  /** The picture. */
  children: ReactNode;
  text: string;
  actions?: ReactNode;
}) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-3 p-5">
      <h2 className="flex items-center gap-2 text-section">
        <span className="flex text-accent [&_svg]:size-4">{icon}</span>
        {title}
      </h2>
      {children}
      <p className="text-secondary text-ink-2">{text}</p>
      {actions === undefined ? null : <div className="mt-auto flex flex-wrap gap-2">{actions}</div>}
    </section>
  );
}

/** A workspace where nothing happened yet: three ways to begin, and how far one has come. */
export function FirstRun() {
  const { name, displayName, can } = useCurrentWorkspace();
  const [uploading, setUploading] = useState(false);
  const [file, setFile] = useState<File>();
  const mayChange = can("contributor");
  const origin = typeof window === "undefined" ? "" : window.location.origin;
  const script = [
    "# your code, as it is",
    "export MLFLOW_TRACKING_URI=\\",
    `${origin}/mlflow/${name}`,
    "export MLFLOW_TRACKING_TOKEN=…",
    "python train.py",
  ].join("\n");

  return (
    <NarrowColumn className="py-10 max-w-[992px]">
      <h1 className="text-page-lg">{displayName} is ready</h1>
      <p className="mt-1 text-[14px]/5 text-ink-2">
        {mayChange
          ? "Nothing here yet. Start with the sample, a script or a file; each leads to the others."
          : "Nothing here yet. What others bring in and run appears here."}
      </p>
      <div className="mt-6 empty:hidden">
        <AccessRequests />
      </div>
      {mayChange ? (
        <div className="mt-6 grid divide-line rounded-card border border-line max-sm:divide-y sm:grid-cols-3 sm:divide-x">
          <Card
            icon={<FlaskConical />}
            title="Try the sample"
            text="A small table, a training run on it and the model that comes out, in about a minute."
            actions={<SampleButton primary />}
          >
            <SamplePicture />
          </Card>
          <Card
            icon={<Terminal />}
            title="Run your script"
            text="Metrics, files and models appear here while it runs. Job files in YAML work too."
            actions={
              <>
                <CopyButton text={script} label="Copy" variant="default" size="md" />
                <ButtonLink href={`/${name}/settings/tokens`} variant="quiet">
                  Make a token
                </ButtonLink>
              </>
            }
          >
            <CodeBlock
              code={script}
              language="bash"
              label="Track from anywhere"
              copy={false}
              maxHeight={112}
            />
          </Card>
          <Card
            icon={<Database />}
            title="Bring in data"
            text="You see a profile of every column in seconds, and each upload is a version."
          >
            <FileDrop
              label="Drop a CSV or Parquet file"
              hint="up to 20 GB"
              onFiles={([first]) => {
                setFile(first);
                setUploading(true);
              }}
              className="flex-1"
            />
          </Card>
        </div>
      ) : null}
      <FirstSteps />
      <UploadDialog
        workspace={name}
        open={uploading}
        onOpenChange={(open) => {
          setUploading(open);
          if (!open) setFile(undefined);
        }}
        file={file}
      />
    </NarrowColumn>
  );
}
