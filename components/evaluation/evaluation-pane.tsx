"use client";

import { Download } from "lucide-react";
import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SidePane } from "#components/ui/side-pane.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { EvaluationView } from "./evaluation-view.tsx";
import {
  type EvaluationPlace,
  evaluationFileHref,
  evaluationPageHref,
  useEvaluation,
} from "./use-evaluation.ts";

export interface EvaluationPaneProps extends EvaluationPlace {
  /** "Evaluate Model" unless the step has a name of its own. */
  title?: string | undefined;
  /** Given: a wide pane over the page, which calls it when it closes. Left out: the result in place. */
  onClose?: (() => void) | undefined;
}

/** The evaluation that a step wrote, in a wide pane or in place. */
export function EvaluationPane({ title = "Evaluate Model", onClose, ...place }: EvaluationPaneProps) {
  if (!onClose) return <EvaluationContent {...place} />;
  return (
    <SidePane
      open
      onOpenChange={(open) => !open && onClose()}
      width={1064}
      title={title}
      subtitle="Evaluation results"
      pageHref={evaluationPageHref(place)}
      actions={<ExportButton {...place} />}
    >
      <div className="-m-5">
        <EvaluationContent {...place} />
      </div>
    </SidePane>
  );
}

export function ExportButton(place: EvaluationPlace) {
  return (
    <ButtonLink icon={<Download size={16} />} href={`${evaluationFileHref(place)}&download=1`}>
      Export
    </ButtonLink>
  );
}

function EvaluationContent(place: EvaluationPlace) {
  const { data, error, refetch } = useEvaluation(place);
  if (error) {
    return (
      <div className="p-5">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!data) {
    return (
      <div className="p-5">
        <SkeletonText lines={8} />
      </div>
    );
  }
  return <EvaluationView evaluation={data} place={place} />;
}
