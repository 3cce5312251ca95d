"use client";

const formType = { "content-type": "application/x-www-form-urlencoded" };

async function post(path: string, fields: Record<string, string>): Promise<{ ok: boolean; url: string }> {
  const csrf = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...fields, csrfToken: csrf.csrfToken, json: "true" });
  const response = await fetch(path, { method: "POST", headers: formType, body });
  const { url } = (await response.json()) as { url?: string };
  return { ok: response.ok, url: url ?? "" };
}

/** Signs in and sets the session cookie. Returns what to tell the person when it was refused, else null. */
export async function signInWithPassword(email: string, password: string): Promise<string | null> {
  try {
    const { ok, url } = await post("/api/auth/callback/credentials", { email, password });
    const error = URL.canParse(url) ? new URL(url).searchParams.get("error") : null;
    if (ok && !error) return null;
    return error ?? "Something broke on our side. Try again.";
  } catch {
    return "The studio did not answer. Check the connection and try again.";
  }
}

/** Changes when somebody signs out, so that the other tabs of the browser hear of it. */
export const signOutKey = "atelier-signed-out-at";

/** Ends this browser's session, and forgets what this tab kept for the person. */
export async function signOut(): Promise<void> {
  await post("/api/auth/signout", {});
  sessionStorage.clear();
  localStorage.setItem(signOutKey, String(Date.now()));
}
