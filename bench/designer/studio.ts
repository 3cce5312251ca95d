const timeoutMs = 180_000;

/** The studio to measure, with a workspace for it. */
export interface Studio {
  url: string;
  workspace: string;
  email: string;
  password: string;
  addDraft(name: string, text: string): Promise<string>;
  removeDraft(id: string): Promise<void>;
}

export async function openStudio(): Promise<Studio> {
  const url = process.env.ATELIER_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
  const email = process.env.ATELIER_ADMIN_EMAIL;
  const password = process.env.ATELIER_ADMIN_PASSWORD;
  const workspace = process.env.ATELIER_WORKSPACE ?? "bench-designer";
  if (!email || !password) throw new Error("ATELIER_ADMIN_EMAIL and ATELIER_ADMIN_PASSWORD: set both");
  let token = "";
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        "content-type": "application/json",
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const person = { email, password, name: "Designer bench", expiresInDays: 1 };
  token = (await call<{ token: string }>("POST", "/auth/token", person)).token;
  // It is there from an earlier measurement.
  await call("POST", "/workspaces", { name: workspace, displayName: "Designer bench" }).catch(() => {});
  const drafts = `/workspaces/${workspace}/drafts`;
  return {
    url,
    workspace,
    email,
    password,
    addDraft: async (name, text) => (await call<{ id: string }>("POST", drafts, { name, text })).id,
    removeDraft: async (id) => void (await call("DELETE", `${drafts}/${id}`)),
  };
}
