import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { eq } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { drafts, draftVersions, users, workspaceMembers } from "#db/schema/index.ts";
import { createToken } from "#lib/auth/tokens.ts";
import { newId } from "#lib/core/ids.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { readText } from "../document/read-text.ts";
import { type Client, openClient, until } from "../testing/client.ts";
import { writtenPipeline } from "../testing/pipelines.ts";

let studio: TestStudio;
let ben: { id: string; token: string };
const clients: Client[] = [];

beforeAll(async () => {
  studio = await startTestStudio();
  ben = await addPerson("Ben", "contributor");
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

afterAll(() => studio.close());

async function addPerson(name: string, role: "reader" | "contributor") {
  const { db } = studio.services;
  const id = newId("usr");
  await db.insert(users).values({ id, email: `${id}@example.com`, name });
  await db.insert(workspaceMembers).values({ workspaceId: studio.workspace.id, userId: id, role });
  const { token } = await createToken(db, { userId: id, name: "test" });
  return { id, token };
}

async function newDraft(text = writtenPipeline("6")): Promise<string> {
  const { id } = await studio.api.designer.create({ workspace: studio.workspace.name, text });
  return id;
}

async function open(draft: string, more: Partial<Parameters<typeof openClient>[0]> = {}): Promise<Client> {
  const name = `${studio.workspace.name}/${draft}`;
  const client = await openClient({ url: studio.url, name, token: studio.token, ...more });
  clients.push(client);
  return client;
}

async function storedText(draft: string): Promise<string> {
  const [row] = await studio.services.db.select().from(drafts).where(eq(drafts.id, draft));
  return row?.text ?? "";
}

it("brings the edits of two people together and stores them within two seconds", async () => {
  const draft = await newDraft();
  const ada = await open(draft, { user: { id: "x", name: "Somebody false" } });
  const other = await open(draft, { token: ben.token, user: { id: "y", name: "Ben" } });
  expect(ada.document.getText()).toBe(writtenPipeline("6"));
  ada.document.setInput("split_data", "fraction", 0.6);
  other.document.setInput("train_model", "label", "balance");
  other.document.moveNodes({ forest: { x: 1, y: 2 } });
  const comment = ada.document.addComment({ text: "one", x: 0, y: 0 });
  other.document.addComment({ text: "two", x: 0, y: 0 });
  await until(() => ada.document.getText() === other.document.getText());
  expect(ada.document.getGraphDocument().comments.map(({ text }) => text)).toEqual(
    expect.arrayContaining(["one", "two"]),
  );
  await until(async () => (await storedText(draft)) === ada.document.getText(), 2500);
  expect(await storedText(draft)).toContain("fraction: 0.6");
  // The worker for previews is made warm by then.
  const [warm] = await studio.services.sql`select payload from tasks where kind = 'worker.prewarm'`;
  expect(warm?.payload).toMatchObject({ workspaceId: studio.workspace.id, provider: "local" });
  // Presence tells the names that the server knows.
  const names = () =>
    [...(other.provider.awareness?.getStates().values() ?? [])].map((state) => state.user?.name);
  await until(() => names().includes("Ada"));
  expect(names()).not.toContain("Somebody false");
  // Undo takes back what was done here only.
  ada.document.removeComment(comment);
  ada.document.undo();
  ada.document.undo();
  ada.document.undo();
  await until(() => !other.document.getText().includes("fraction: 0.6"));
  expect(other.document.getText()).toContain("label: balance");
  expect(ada.clashes).toEqual([]);
  expect(other.clashes).toEqual([]);
});

it("makes one version of what is saved within a minute, another when somebody joins, and credits all", async () => {
  const draft = await newDraft();
  const { workspace } = studio;
  const ada = await open(draft);
  ada.document.setInput("split_data", "fraction", 0.6);
  await until(async () => (await storedText(draft)).includes("fraction: 0.6"));
  ada.document.setInput("split_data", "fraction", 0.61);
  await until(async () => (await storedText(draft)).includes("fraction: 0.61"));
  const other = await open(draft, { token: ben.token });
  other.document.setInput("split_data", "fraction", 0.62);
  await until(async () => (await storedText(draft)).includes("fraction: 0.62"));
  const authors = async () => {
    const { items } = await studio.api.designer.versions({ workspace: workspace.name, draft });
    return items.map(({ number, authors, note }) => [number, authors.map(({ name }) => name).sort(), note]);
  };
  const before = [
    [2, ["Ada"], ""],
    [1, ["Ada"], "Imported"],
  ];
  expect(await authors()).toEqual([[3, ["Ben"], ""], ...before]);
  // Both go on, and save at the same moment.
  ada.document.setInput("split_data", "random_seed", 8);
  other.document.setInput("train_model", "label", "balance");
  await until(async () => /random_seed: 8[\s\S]*label: balance/.test(await storedText(draft)));
  expect(await authors()).toEqual([[3, ["Ada", "Ben"], ""], ...before]);
  const rows = await studio.services.db.select().from(draftVersions).where(eq(draftVersions.draftId, draft));
  expect(rows.find(({ number }) => number === 2)?.text).toContain("fraction: 0.61");
});

it("tells who loses when two people set the same field", async () => {
  const draft = await newDraft();
  const ada = await open(draft, { user: { id: "x", name: "Ada" } });
  const other = await open(draft, { token: ben.token, user: { id: "y", name: "Ben" } });
  await until(() => (ada.provider.awareness?.getStates().size ?? 0) === 2);
  await other.offline();
  ada.document.setInput("split_data", "fraction", 0.1);
  other.document.setInput("split_data", "fraction", 0.2);
  other.document.setInput("split_data", "random_seed", 3);
  other.online();
  await until(() => ada.document.getText() === other.document.getText());
  await until(() => ada.clashes.length + other.clashes.length === 1);
  const kept = ada.document.getText().includes("fraction: 0.1") ? 0.1 : 0.2;
  const loser = kept === 0.1 ? other : ada;
  expect(loser.clashes).toEqual([
    {
      node: "split_data",
      field: "inputs.fraction",
      mine: kept === 0.1 ? 0.2 : 0.1,
      theirs: kept,
      by: kept === 0.1 ? "Ada" : "Ben",
    },
  ]);
  expect(ada.document.getText()).toContain("random_seed: 3");

  // A field that is being typed in.
  ada.document.setEditing({ node: "train_model", field: "inputs.label", mine: "depos" });
  other.document.setInput("train_model", "label", "job");
  await until(() => ada.clashes.some(({ field }) => field === "inputs.label"));
  expect(ada.clashes.at(-1)).toEqual({
    node: "train_model",
    field: "inputs.label",
    mine: "depos",
    theirs: "job",
    by: "Ben",
  });

  // A step that goes away under a change.
  ada.document.setEditing(null);
  ada.document.setInput("forest", "depth", 4);
  await until(() => other.document.getText().includes("depth: 4"));
  other.document.removeNodes(["forest"]);
  await until(() => ada.clashes.some(({ field }) => field === "inputs.depth"));
  expect(ada.clashes.at(-1)).toMatchObject({ node: "forest", mine: 4, theirs: undefined });
});

it("keeps readers from writing and strangers out", async () => {
  const draft = await newDraft();
  const ada = await open(draft);
  const reader = await addPerson("Rea", "reader");
  const watching = await open(draft, { token: reader.token });
  expect(watching.document.getText()).toBe(writtenPipeline("6"));
  watching.document.setInput("split_data", "fraction", 0.99);
  ada.document.setInput("train_model", "label", "seen");
  await until(() => watching.document.getText().includes("label: seen"));
  expect(ada.document.getText()).not.toContain("0.99");

  const stranger = newId("usr");
  await studio.services.db.insert(users).values({ id: stranger, email: `${stranger}@x.example`, name: "S" });
  const { token } = await createToken(studio.services.db, { userId: stranger, name: "t" });
  for (const given of [token, "", "atl_wrong"]) {
    const refused = await open(draft, { token: given });
    expect(refused.refused).toBeTruthy();
    expect(refused.document.getText()).toBe("");
  }
  expect((await open("dft_none")).refused).toContain("not found");

  // A role that is taken away counts while the connection is open.
  const gone = await addPerson("Gone", "contributor");
  const leaving = await open(draft, { token: gone.token });
  await studio.services.db.delete(workspaceMembers).where(eq(workspaceMembers.userId, gone.id));
  const later = Date.now() + 60_000;
  const now = Date.now;
  Date.now = () => now() + 60_000;
  try {
    leaving.document.setInput("split_data", "fraction", 0.98);
    await until(() => leaving.provider.isSynced === false || now() > later);
  } finally {
    Date.now = now;
  }
  expect(ada.document.getText()).not.toContain("0.98");
});

it("takes the session cookie of our own pages only", async () => {
  const draft = await newDraft();
  const { services, workspace } = studio;
  const claims = { token: { sub: workspace.userId, sessionVersion: 1 }, secret: services.sessionSecret };
  const cookie = `next-auth.session-token=${encodeURIComponent(await encode(claims))}`;
  const host = new URL(studio.url).host;
  const own = await open(draft, { token: "", headers: { cookie, origin: `http://${host}` } });
  expect(own.document.getText()).toBe(writtenPipeline("6"));
  const answer = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve) => {
      void import("ws").then(({ WebSocket }) => {
        const socket = new WebSocket(`${studio.url.replace("http", "ws")}/collab`, { headers });
        socket.on("unexpected-response", (_, response) => resolve(response.statusCode));
        socket.on("open", () => resolve(101));
        socket.on("error", () => {});
      });
    });
  expect(await answer({ cookie, origin: "https://evil.example" })).toBe(403);
  expect(await answer({ cookie })).toBe(403);
});

it("lets operations change what is open, and who has it open keep the rest", async () => {
  const draft = await newDraft();
  const workspace = studio.workspace.name;
  const ada = await open(draft);
  const base = ada.document.getText();
  ada.document.setInput("train_model", "label", "mine");
  const saved = await studio.api.designer.save({
    workspace,
    draft,
    base,
    text: base.replace("fraction: 0.7", "fraction: 0.4 # by program"),
    note: "From a program",
  });
  expect(saved.text).toContain("fraction: 0.4 # by program");
  await until(() => ada.document.getText().includes("0.4 # by program"));
  expect(ada.document.getText()).toContain("label: mine");
  const restored = await studio.api.designer.restore({ workspace, draft, version: 1 });
  expect(restored.text).toBe(writtenPipeline("6"));
  await until(() => ada.document.getText() === writtenPipeline("6"));
  const { items } = await studio.api.designer.versions({ workspace, draft });
  expect(items.map(({ note }) => note)).toEqual(
    expect.arrayContaining(["Restored from version 1", "From a program", "Imported"]),
  );
  await studio.api.designer.delete({ workspace, draft });
  await expect(studio.api.designer.get({ workspace, draft })).rejects.toThrow("not found");
});

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function serve(port: number): Promise<ChildProcess> {
  const script = new URL("../testing/serve-drafts.ts", import.meta.url).pathname;
  const child = spawn("node_modules/.bin/node", [script], {
    env: { ...process.env, ...studio.services.variables, PORT: String(port), LOG_LEVEL: "warn" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout as NonNullable<typeof child.stdout>, "data");
  return child;
}

it("loses nothing when the web process is killed, nor between two of them", { timeout: 60_000 }, async () => {
  const draft = await newDraft();
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  let web = await serve(port);
  try {
    const ada = await open(draft, { url });
    const other = await open(draft, { url, token: ben.token });
    ada.document.setInput("split_data", "fraction", 0.31);
    other.document.setInput("train_model", "label", "kept");
    await until(() => other.document.getText().includes("0.31"));
    web.kill("SIGKILL");
    await once(web, "exit");
    expect(await storedText(draft)).toBe(writtenPipeline("6"));
    ada.document.setInput("split_data", "random_seed", 12);
    web = await serve(port);
    await until(() => other.document.getText().includes("random_seed: 12"));
    await until(async () => {
      const text = await storedText(draft);
      return text.includes("0.31") && text.includes("kept") && text.includes("random_seed: 12");
    });
    // Somebody at another web process sees it come, and the other way round.
    const third = await open(draft);
    expect(third.document.getText()).toBe(ada.document.getText());
    third.document.setInput("forest", "maximum_depth", 5);
    ada.document.setInput("split_data", "fraction", 0.32);
    await until(() => ada.document.getText().includes("maximum_depth: 5"));
    await until(() => third.document.getText().includes("0.32"));
    await until(async () => {
      const text = await storedText(draft);
      return text.includes("maximum_depth: 5") && text.includes("0.32");
    });
    expect(readText(await storedText(draft)).value.jobs).toEqual(readText(ada.document.getText()).value.jobs);
  } finally {
    web.kill("SIGKILL");
  }
});
