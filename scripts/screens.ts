import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import sharp from "sharp";
import { administrator, studioUrl } from "../e2e/support/settings.ts";
import { type Screens, seedScreens } from "./screens/seed.ts";
import { type DesignerScreens, seedDesigner } from "./screens/seed-designer.ts";
import { findBrowser } from "./testing/machine.ts";

/**
 * Takes the pictures of docs/images from a studio that runs: set ATELIER_URL, ATELIER_ADMIN_EMAIL and
 * ATELIER_ADMIN_PASSWORD, best of one whose data folder is thrown away afterwards. `home run` takes only these.
 */
const folder = join(import.meta.dirname, "..", "docs", "images");
const size = { width: 1440, height: 900 };
const timeoutMs = 60_000;

interface Picture {
  name: string;
  path: string;
  /** What must be seen before the picture is taken, and what is done for it. */
  prepare(page: Page): Promise<unknown>;
}

function listPictures({ workspace, dataset, live, compared, model, endpoint }: Screens): Picture[] {
  const at = (path: string) => `/${workspace}${path}`;
  const filters = encodeURIComponent('[["job","=","student"]]');
  const seen = (text: string) => (page: Page) => page.getByText(text).first().waitFor();
  const rows = (page: Page) => page.locator("[data-row]").first().waitFor();
  return [
    { name: "home", path: at(""), prepare: seen("Activity") },
    { name: "run", path: at(`/runs/${live}`), prepare: seen("round 12:") },
    { name: "runs", path: at("/runs"), prepare: rows },
    {
      name: "compare",
      path: at(`/runs/compare?runs=${compared.join(",")}`),
      prepare: (page) => page.locator("canvas").first().waitFor(),
    },
    {
      name: "data-preview",
      path: at(`/data/${dataset}?tab=preview&filters=${filters}&sort=-age`),
      prepare: rows,
    },
    { name: "data-profile", path: at(`/data/${dataset}?tab=profile&column=age`), prepare: rows },
    { name: "model", path: at(`/models/${model}`), prepare: seen("Lineage") },
    {
      name: "endpoint",
      path: at(`/endpoints/${endpoint}?tab=test`),
      prepare: async (page) => {
        await page.getByRole("button", { name: "Send" }).click();
        await page.getByText("Prediction").waitFor();
      },
    },
  ];
}

const designerPictures = ["designer", "designer-text", "designer-samples", "evaluation"];

function listDesignerPictures({ workspace, draft, evaluated }: DesignerScreens): Picture[] {
  const node = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
  const open = async (page: Page) => {
    await page.getByText("8 of 8 steps").waitFor();
    await node(page, "boosted_decision_tree").click({ position: { x: 60, y: 20 } });
  };
  return [
    {
      name: "designer",
      path: `/${workspace}/designer/${draft}`,
      prepare: async (page) => {
        await open(page);
        await page.locator('[data-port="clean_missing_data.out.cleaned_dataset"]').hover();
        await page.getByText("nothing missing").waitFor();
      },
    },
    {
      name: "designer-text",
      path: `/${workspace}/designer/${draft}`,
      prepare: async (page) => {
        await open(page);
        await page.getByRole("button", { name: "The pipeline as text" }).click();
        await page.locator(".cm-content").waitFor();
        await page.getByRole("button", { name: "Fit" }).click();
      },
    },
    {
      name: "designer-samples",
      path: `/${workspace}/designer?tab=samples`,
      prepare: (page) => page.getByText("Term deposits").first().waitFor(),
    },
    {
      name: "evaluation",
      path: `/${workspace}/runs/${evaluated}/evaluation/evaluation_results`,
      prepare: (page) => page.getByRole("heading", { name: "Threshold" }).waitFor(),
    },
  ];
}

/** What is made for pictures that nobody asked for takes minutes. */
async function preparePictures(wanted: readonly string[]): Promise<Picture[]> {
  const asked = (name: string) => wanted.length === 0 || wanted.includes(name);
  const designer = designerPictures.some(asked) ? listDesignerPictures(await seedDesigner()) : [];
  const others =
    wanted.length > 0 && wanted.every((name) => designerPictures.includes(name))
      ? []
      : listPictures(await seedScreens());
  return [...others, ...designer].filter(({ name }) => asked(name));
}

async function signIn(page: Page): Promise<void> {
  const { email, password } = administrator();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** 256 colours are enough for a studio of ink and hairlines, and keep the repository small. */
async function save(picture: Buffer, name: string): Promise<void> {
  const small = await sharp(picture).png({ palette: true, colours: 256, dither: 0, effort: 10 }).toBuffer();
  writeFileSync(join(folder, `${name}.png`), small);
  process.stdout.write(`${name}.png ${Math.round(small.length / 1024)} KiB\n`);
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const pictures = await preparePictures(process.argv.slice(2));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? findBrowser() ?? "chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  for (const theme of ["light", "dark"] as const) {
    const look = { viewport: size, colorScheme: theme, reducedMotion: "reduce" } as const;
    const page = await browser.newPage({ baseURL: studioUrl(), ...look });
    page.setDefaultTimeout(timeoutMs);
    await signIn(page);
    for (const { name, path, prepare } of pictures) {
      await page.goto(path);
      await prepare(page);
      // Fonts, charts and people who are here come a moment later.
      await page.waitForTimeout(1_500);
      await save(await page.screenshot(), `${name}-${theme}`);
    }
    await page.context().close();
  }
  await browser.close();
}

await main();
