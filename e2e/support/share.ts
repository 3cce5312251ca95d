import { expect, type Page } from "@playwright/test";
import { awaken, visit } from "./browser.ts";

/** Invites with a role on the members page; returns the link to send. */
export async function inviteByLink(
  page: Page,
  workspace: string,
  email: string,
  role: string,
): Promise<string> {
  await visit(page, `/${workspace}/settings/members`);
  await page.getByLabel("E-mail to invite").fill(email);
  await page.getByRole("combobox", { name: "Role of who is invited" }).click();
  await page.getByRole("option", { name: role }).click();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Invitation for ${email}` });
  await expect(dialog).toContainText(`It makes ${email} a ${role.toLowerCase()}`);
  const link = (await dialog.getByTestId("invite-link").textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  return link;
}

/** Joins by a link with a new account. */
export async function acceptInvite(page: Page, link: string, name: string, password: string): Promise<void> {
  await visit(page, link);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create the account and join" }).click();
  await expect(page).not.toHaveURL(/\/invite\//);
  await awaken(page);
}

/** What "Copy link" of the Share dialog puts into the clipboard. */
export async function copyViewLink(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: /^Share/ });
  await dialog.getByRole("button", { name: "Copy link" }).click();
  await expect(dialog.getByRole("status").filter({ hasText: "Copied" })).toHaveCount(1);
  const link = await readClipboard(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  return link;
}

export function readClipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}
