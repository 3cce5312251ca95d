"use client";

import { Page } from "#components/shell/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { EvaluationPane, ExportButton } from "./evaluation-pane.tsx";
import type { EvaluationPlace } from "./use-evaluation.ts";

/** The evaluation at an address of its own. */
export function EvaluationPage(place: EvaluationPlace) {
  const { workspace, runName } = place;
  return (
    <Page
      crumbs={[
        { label: "Runs", href: `/${workspace}/runs` },
        { label: runName, href: `/${workspace}/runs/${runName}?tab=outputs` },
        { label: "Evaluation" },
      ]}
    >
      <PageHeader title="Evaluation results" verbs={<ExportButton {...place} />} keepVerbs />
      <div className="border-line border-t">
        <EvaluationPane {...place} />
      </div>
    </Page>
  );
}
