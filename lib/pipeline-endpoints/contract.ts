import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { pageInput, pageOf } from "#lib/api/page.ts";
import { draftText } from "#lib/designer/model.ts";
import { credentials } from "#lib/endpoints/model.ts";
import { runDetails } from "#lib/runs/model.ts";
import { pipelineEndpoint, pipelineEndpointName, pipelineEndpointSummary, trigger } from "./model.ts";

const workspace = z.string();
const base = "/workspaces/{workspace}/pipeline-endpoints" as const;
const one = z.object({ workspace, endpoint: z.string() });
const byName = `${base}/{endpoint}` as const;
const number = z.coerce.number().int().min(1);

/**
 * Published pipelines. Programs start them with `POST <studio>/pipelines/<workspace>/<endpoint>`, `Authorization: Bearer
 * <key>` and a body of `{inputs, version, experimentName, displayName}`; the answer names the run.
 */
export const pipelineEndpointsContract = {
  list: operation({
    method: "GET",
    path: base,
    access: "reader",
    summary: "Published pipelines, newest first",
  })
    .input(z.object({ workspace, search: z.string().max(255).optional(), ...pageInput }))
    .output(pageOf(pipelineEndpointSummary)),
  get: operation({ method: "GET", path: byName, access: "reader", summary: "One with its versions" })
    .input(one)
    .output(pipelineEndpoint),
  publish: operation({
    method: "POST",
    path: base,
    access: "contributor",
    summary: "Publish a pipeline: as a new endpoint, or as the next version of one",
    status: 201,
  })
    .input(
      z.object({
        workspace,
        name: pipelineEndpointName,
        /** YAML of the pipeline; it must have no fault. */
        text: draftText,
        description: z.string().max(10_000).optional(),
        note: z.string().max(1000).optional(),
        /** Whether calls that name no version get this one. The first version always is. */
        setDefault: z.boolean().default(true),
      }),
    )
    .output(pipelineEndpoint),
  version: operation({
    method: "GET",
    path: `${byName}/versions/{number}`,
    access: "reader",
    summary: "The text of a version",
  })
    .input(one.extend({ number }))
    .output(z.object({ number: z.number().int(), text: z.string() })),
  update: operation({
    method: "PATCH",
    path: byName,
    access: "contributor",
    summary: "Move the default version, or change the words",
  })
    .input(
      one.extend({
        defaultVersion: z.number().int().min(1).optional(),
        description: z.string().max(10_000).optional(),
      }),
    )
    .output(pipelineEndpoint),
  delete: operation({
    method: "DELETE",
    path: byName,
    access: "contributor",
    summary: "Close the address; runs stay",
  })
    .input(one)
    .output(z.object({ name: z.string() })),
  credentials: operation({
    method: "GET",
    path: `${byName}/credentials`,
    access: "contributor",
    summary: "The two keys",
  })
    .input(one)
    .output(credentials),
  regenerateKey: operation({
    method: "POST",
    path: `${byName}/regenerate-key`,
    access: "contributor",
    summary: "Replace one of the keys; the old one stops at once",
  })
    .input(one.extend({ keyType: z.enum(["primary", "secondary"]) }))
    .output(credentials),
  submit: operation({
    method: "POST",
    path: `${byName}/submit`,
    access: "contributor",
    summary: "Start a run of it as oneself",
    status: 201,
  })
    .input(one.extend(trigger.shape))
    .output(runDetails),
};
