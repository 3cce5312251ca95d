import { expect, test } from "@playwright/test";

test("a started studio is alive, every part of it is ready, and a stranger is asked to sign in", async ({
  page,
  request,
}) => {
  expect((await request.get("/healthz")).status()).toBe(200);
  const ready = await request.get("/readyz");
  expect(await ready.json()).toMatchObject({
    ready: true,
    parts: { database: { ready: true }, store: { ready: true }, runner: { ready: true } },
  });
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByLabel("Password", { exact: true })).toBeVisible();
});
