import { chromium, type Page } from "@playwright/test";
import { measureFrames } from "./frames.ts";
import { makePipeline } from "./make-pipeline.ts";

/**
 * Frame times of the designer in a real browser, on drafts of 500 and 2,000 steps: moving the canvas, zooming, dragging a
 * step. Needs a studio that runs (best a built one): `ATELIER_URL`, `ATELIER_ADMIN_EMAIL`, `ATELIER_ADMIN_PASSWORD`.
 */

const url = process.env.ATELIER_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
const email = process.env.ATELIER_ADMIN_EMAIL;
const password = process.env.ATELIER_ADMIN_PASSWORD;
const workspace = process.env.ATELIER_WORKSPACE ?? "bench-designer";
const timeoutMs = 180_000;
if (!email || !password) throw new Error("ATELIER_ADMIN_EMAIL and ATELIER_ADMIN_PASSWORD: set both");

async function call<T>(token: string, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function signIn(): Promise<string> {
  const { token } = await call<{ token: string }>("", "POST", "/auth/token", {
    email,
    password,
    name: "Designer bench",
    expiresInDays: 1,
  });
  await call(token, "POST", "/workspaces", { name: workspace, displayName: "Designer bench" }).catch(
    () => {},
  );
  return token;
}

async function moveCanvas(page: Page): Promise<void> {
  const box = await page.locator(".react-flow__pane").boundingBox();
  if (!box) throw new Error("there is no canvas");
  const at = { x: box.x + 30, y: box.y + box.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (let step = 0; step < 90; step += 1) {
    await page.mouse.move(at.x + Math.sin(step / 12) * 300, at.y + Math.cos(step / 10) * 200);
  }
  await page.mouse.up();
}

async function zoomCanvas(page: Page): Promise<void> {
  const box = await page.locator(".react-flow__pane").boundingBox();
  if (!box) throw new Error("there is no canvas");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let step = 0; step < 60; step += 1) await page.mouse.wheel(0, step % 30 < 15 ? 60 : -60);
}

async function dragStep(page: Page): Promise<void> {
  const box = await page.locator(".react-flow__node-step").first().boundingBox();
  if (!box) throw new Error("no step is in view");
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (let step = 0; step < 90; step += 1) {
    await page.mouse.move(at.x + step * 2, at.y + Math.sin(step / 8) * 60);
  }
  await page.mouse.up();
}

const acts = { move: moveCanvas, zoom: zoomCanvas, drag: dragStep };

const token = await signIn();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${url}/sign-in`, { timeout: timeoutMs, waitUntil: "networkidle" });
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: /sign in/i }).click();
  await page.waitForURL((address) => !address.pathname.includes("sign-in"), { timeout: timeoutMs });
  console.log("frame times in ms: median / 95 in 100 are shorter · frames a second at the median");
  for (const count of [500, 2_000]) {
    const draft = await call<{ id: string }>(token, "POST", `/workspaces/${workspace}/drafts`, {
      name: `${count} steps`,
      text: makePipeline(count),
    });
    const start = performance.now();
    await page.goto(`${url}/${workspace}/designer/${draft.id}`, { timeout: timeoutMs });
    await page.waitForSelector(".react-flow__node-step", { timeout: timeoutMs });
    console.log(`${count} steps, drawn after ${Math.round(performance.now() - start)} ms`);
    await page.waitForTimeout(3_000);
    for (const view of ["zoom 1", "all in view"]) {
      if (view === "zoom 1") await page.getByTitle("Back to 100 %").click();
      else await page.getByRole("button", { name: "Fit", exact: true }).click();
      await page.waitForTimeout(1_500);
      for (const [name, act] of Object.entries(acts)) {
        if (name === "drag" && (await page.locator(".react-flow__node-step").count()) === 0) continue;
        const { median, late } = await measureFrames(page, () => act(page));
        const rate = Math.min(60, 1_000 / median).toFixed(0);
        console.log(
          `  ${view.padEnd(12)} ${name.padEnd(6)} ${median.toFixed(0)} / ${late.toFixed(0)} · ${rate}`,
        );
      }
    }
    await call(token, "DELETE", `/workspaces/${workspace}/drafts/${draft.id}`);
  }
} finally {
  await browser.close();
}
