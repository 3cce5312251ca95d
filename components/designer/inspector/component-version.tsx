"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { orpc } from "#lib/api/client.ts";
import type { StepView } from "../model/canvas-model.ts";
import { newestVersion, ownComponentOf, refOfVersion } from "../model/lookup.ts";
import { useDesigner } from "../session/designer.ts";

/** The versions of the workspace's own component that a step names; null for a step of anything else. */
function useVersions(view: StepView) {
  const { workspace, document } = useDesigner();
  const own = ownComponentOf(view.node.ref);
  const { data } = useQuery({
    ...orpc.components.versions.queryOptions({ input: { workspace, component: own?.name ?? "" } }),
    enabled: own !== null,
  });
  if (!own || !data) return null;
  const versions = data.items.filter(({ archived }) => !archived).map(({ version }) => version);
  return {
    version: own.version,
    versions,
    newest: versions[0],
    use: (version: string) => document.setNode(view.id, { component: refOfVersion(own.name, version) }),
  };
}

/** Which version of a component a step is, with the others to choose from. */
export function ComponentVersion({ view }: { view: StepView }) {
  const { mayEdit } = useDesigner();
  const found = useVersions(view);
  if (!found) return null;
  const { version, versions, newest, use } = found;
  const known = version === newestVersion || versions.includes(version);
  return (
    <Field label="Version of the component">
      <Select
        options={[
          { value: newestVersion, label: "Newest", hint: newest === undefined ? undefined : `now ${newest}` },
          ...versions.map((one) => ({ value: one, label: one })),
          ...(known ? [] : [{ value: version, label: version, hint: "archived or not there" }]),
        ]}
        value={version}
        disabled={!mayEdit}
        onValueChange={use}
      />
    </Field>
  );
}

/** Said where a step is of an earlier version than there is. */
export function NewerVersion({ view }: { view: StepView }) {
  const { mayEdit } = useDesigner();
  const found = useVersions(view);
  if (!found || found.newest === undefined) return null;
  const { version, newest, use } = found;
  if (version === newestVersion || version === newest) return null;
  return (
    <p className="mt-1 flex items-center gap-1.5 text-secondary text-ink-3">
      Version {version}; there is version {newest}
      {mayEdit ? (
        <Button size="sm" variant="quiet" onClick={() => use(newest)}>
          Use it
        </Button>
      ) : null}
    </p>
  );
}
