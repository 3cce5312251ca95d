import { expect, type Page } from "@playwright/test";
import { visit as goTo } from "./browser.ts";
import type { Demo } from "./demo.ts";

/** A page as it is visited: where it is in the app folder, an address, and what it shows once its data is there. */
export interface Visit {
  file: string;
  path: string;
  /** The heading of the page, or of the dialog over it. */
  shows: string | RegExp;
  /** Without signing in. */
  stranger?: boolean;
  /** What is clicked to get there, by name; it is not in reach on a narrow screen. */
  clicks?: (string | RegExp)[];
}

/** Opens a page and waits until what it is about is there. */
export async function openVisit(page: Page, { path, clicks = [], shows }: Visit): Promise<void> {
  await goTo(page, path);
  for (const name of clicks) {
    const named = { name, exact: typeof name === "string" };
    await page.getByRole("button", named).or(page.getByRole("menuitem", named)).first().click();
  }
  const heading = page.getByRole("heading", { name: shows, exact: typeof shows === "string" }).first();
  await expect(heading, path).toBeVisible();
  await expect(page.locator("[aria-busy=true]"), path).toHaveCount(0);
  await expect(page.getByRole("status", { name: /^Loading/ }), path).toHaveCount(0);
}

const studio = "(studio)/[workspace]";

/** Every page of the app, most of them in several views. A page that is missing here fails the test of the list. */
export function listVisits(demo: Demo): Visit[] {
  const at = (path: string) => `/${demo.workspace}${path}`;
  const visit = (file: string, path: string, shows: Visit["shows"]): Visit => ({
    file: `${studio}${file}/page.tsx`,
    path: at(path),
    shows,
  });
  const tabs = (file: string, path: string, shows: Visit["shows"], names: readonly string[]): Visit[] =>
    ["", ...names].map((tab) => visit(file, tab ? `${path}?tab=${tab}` : path, shows));
  const after = (file: string, path: string, clicks: Visit["clicks"], shows: Visit["shows"]): Visit => ({
    ...visit(file, path, shows),
    ...(clicks ? { clicks } : {}),
  });
  const { runs, pipelines } = demo;
  const draft = `/designer/${demo.draft}`;
  const pipeline = `/runs/${pipelines.best}`;
  const evaluation = "/runs/[run]/evaluation/[output]";
  return [
    // Opens a workspace: the one that this browser saw last.
    { file: "page.tsx", path: "/", shows: /\w/ },
    { file: "(auth)/sign-in/page.tsx", path: "/sign-in", shows: /Sign in/, stranger: true },
    {
      file: "(auth)/setup/page.tsx",
      path: "/setup?token=none",
      shows: "This link has ended",
      stranger: true,
    },
    {
      file: "(auth)/invite/[token]/page.tsx",
      path: `/invite/${demo.inviteToken}`,
      shows: /Marketing/,
      stranger: true,
    },
    { file: "(studio)/new-workspace/page.tsx", path: "/new-workspace", shows: /workspace/i },
    visit("", "", "Marketing"),
    // A workspace where nothing has happened.
    { file: `${studio}/page.tsx`, path: `/${demo.workspace}-elsewhere`, shows: "Elsewhere is ready" },
    // Somebody else's, or none.
    { file: `${studio}/page.tsx`, path: "/no-such-workspace", shows: "Not found, or no access" },
    visit("/[...rest]", "/no/such/page", "Nothing at this address"),
    visit("/data", "/data", "Data"),
    visit("/data", "/data?new=1", "Bring in data"),
    ...tabs("/data/[name]", `/data/${demo.dataset}`, demo.dataset, ["preview", "profile", "versions", "use"]),
    visit("/runs", "/runs", "Runs"),
    visit("/runs", '/runs?filter=status+%3D+"Failed"', "Runs"),
    visit("/runs/new", "/runs/new", "New run"),
    visit("/runs/new", "/runs/new?as=yaml", "New run"),
    visit("/runs/compare", `/runs/compare?runs=${runs.best},${runs.other}`, /2 runs|Compare/),
    ...tabs("/runs/[run]", `/runs/${runs.best}`, "boosted trees", [
      "metrics",
      "logs",
      "outputs",
      "code",
      "monitoring",
    ]),
    visit("/runs/[run]", `/runs/${runs.failed}`, "wrong column"),
    visit("/designer", "/designer", "Designer"),
    visit("/designer", "/designer?tab=runs", "Designer"),
    visit("/designer", "/designer?tab=samples", "Designer"),
    visit("/designer", "/designer?tab=endpoints", "Designer"),
    visit("/designer", "/designer?tab=schedules", "Designer"),
    ...tabs(
      "/pipeline-endpoints/[endpoint]",
      `/pipeline-endpoints/${demo.pipelineEndpoint}`,
      demo.pipelineEndpoint,
      ["submit", "runs", "code"],
    ),
    visit("/designer/[draft]", draft, "Term deposits"),
    visit("/designer/[draft]", `/designer/${demo.service}`, /Term deposits/),
    after("/designer/[draft]", draft, [/^Run/], "Run the pipeline"),
    after("/designer/[draft]", draft, ["Publish", /^Publish as/], "Publish the pipeline"),
    after("/designer/[draft]", draft, ["Publish", /^Schedule/], "Schedule the pipeline"),
    after("/designer/[draft]", `/designer/${demo.service}`, ["Deploy"], "Deploy the pipeline"),
    ...tabs("/runs/[run]", pipeline, "Term deposits", ["steps", "details"]),
    visit("/runs/[run]", `${pipeline}?step=train_model`, "Train Model"),
    visit("/runs/[run]", `${pipeline}?step=train_model&part=log`, "Train Model"),
    visit("/runs/[run]", `${pipeline}?step=evaluate_model&part=metrics`, "Evaluate Model"),
    visit("/runs/[run]", `${pipeline}?step=evaluate_model&evaluation=evaluation_results`, "Evaluate Model"),
    after("/runs/[run]", pipeline, [/^Create inference pipeline/], "Term deposits"),
    visit("/runs/[run]", `/runs/${pipelines.evaluation}`, "Evaluate Model"),
    visit(evaluation, `/runs/${pipelines.evaluation}/evaluation/evaluation_results`, "Evaluation results"),
    // A run without one: the page says so.
    visit(evaluation, `/runs/${runs.best}/evaluation/none`, "Evaluation results"),
    visit("/designer/compare", "/designer/compare", "Compare step by step"),
    visit(
      "/designer/compare",
      `/designer/compare?runs=${pipelines.best},${pipelines.other}`,
      "Compare step by step",
    ),
    ...tabs("/components", "/components", "Components", ["modules"]),
    visit("/components", "/components?new=1", "New component"),
    ...tabs("/components/[component]", "/components/clean_missing_data", "Clean Missing Data", [
      "code",
      "uses",
    ]),
    visit("/environments", "/environments", "Environments"),
    ...tabs("/environments/[name]", "/environments/sklearn-1.5", "sklearn-1.5", ["builds", "runs"]),
    visit("/models", "/models", "Models"),
    ...tabs("/models/[name]", `/models/${demo.model}`, demo.model, ["versions", "files"]),
    visit("/endpoints", "/endpoints", "Endpoints"),
    visit("/endpoints", `/endpoints?deploy=${demo.model}:1`, "Deploy a model"),
    ...tabs("/endpoints/[endpoint]", `/endpoints/${demo.endpoint}`, demo.endpoint, ["test", "code", "logs"]),
    visit("/endpoints/[endpoint]", `/endpoints/${demo.endpoint}?keys=1`, `Keys of ${demo.endpoint}`),
    visit("/compute", "/compute", "Compute"),
    visit("/settings", "/settings", "General"),
    visit("/settings/general", "/settings/general", "General"),
    visit("/settings/members", "/settings/members", "Members"),
    visit("/settings/profile", "/settings/profile", "Profile"),
    visit("/settings/tokens", "/settings/tokens", /tokens/i),
    visit("/settings/appearance", "/settings/appearance", "Appearance"),
  ];
}
