import type { ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writePrivate } from "./files.ts";
import { startService } from "./service.ts";

export interface SeaweedKeys {
  accessKeyId: string;
  secretAccessKey: string;
  /** Signs the talk between its inner servers, which know no users of their own. */
  innerKey: string;
}

export interface SeaweedOptions {
  /** The `weed` program. */
  program: string;
  folder: string;
  keys: SeaweedKeys;
  s3Port: number;
  /** Seven ports for its inner servers: master, volume and filer, each with its gRPC twin, and the S3 server's twin. */
  innerPorts: number[];
  logFile: string;
  /** How large one of its volume files may grow. */
  volumeSizeMib?: number;
}

const startTimeoutMs = 90_000;
const address = "127.0.0.1";

export const innerPortCount = 7;

/**
 * Starts SeaweedFS with its S3 server on the loopback address. Its inner servers have no sign-in: they too listen on
 * loopback only, and demand tokens signed with a key that only this process tree knows.
 */
export async function startSeaweed(options: SeaweedOptions): Promise<ChildProcess> {
  const { folder } = options;
  mkdirSync(join(folder, "data"), { recursive: true, mode: 0o700 });
  const identity = join(folder, "s3.json");
  writePrivate(identity, s3Config(options.keys));
  writePrivate(join(folder, "security.toml"), securityConfig(options.keys.innerKey));
  writePrivate(join(folder, "master.toml"), masterConfig);
  return startService({
    name: "the object store",
    command: options.program,
    args: seaweedArguments(options, identity),
    // It looks for security.toml and master.toml in its working folder.
    cwd: folder,
    env: { ...process.env, GOMEMLIMIT: "400MiB", HOME: folder },
    ids: null,
    logFile: options.logFile,
    readyTimeoutMs: startTimeoutMs,
    isReady: () => answers(options.s3Port),
  });
}

function seaweedArguments(options: SeaweedOptions, identity: string): string[] {
  const [master, masterGrpc, volume, volumeGrpc, filer, filerGrpc, s3Grpc] = options.innerPorts;
  return [
    "-logtostderr=true",
    "server",
    `-dir=${join(options.folder, "data")}`,
    ...[`-ip=${address}`, `-ip.bind=${address}`, `-s3.ip.bind=${address}`],
    ...["-filer", "-s3", "-iam=false", "-master.telemetry=false"],
    // It is alone: with the usual 10 s for an election, each restart would take 20 s.
    ...["-master.electionTimeout=400ms", "-master.heartbeatInterval=100ms"],
    ...[`-master.port=${master}`, `-master.port.grpc=${masterGrpc}`],
    ...[
      `-volume.port=${volume}`,
      `-volume.port.grpc=${volumeGrpc}`,
      "-volume.max=0",
      "-volume.preStopSeconds=0",
    ],
    ...[`-filer.port=${filer}`, `-filer.port.grpc=${filerGrpc}`, "-filer.exposeDirectoryData=false"],
    `-filer.localSocket=${join(options.folder, "filer.sock")}`,
    ...[`-s3.port=${options.s3Port}`, `-s3.port.grpc=${s3Grpc}`, "-s3.port.iceberg=0", "-s3.port.lance=0"],
    ...[`-s3.config=${identity}`, "-s3.iam=false", "-s3.autoCreateBucket=false"],
    `-s3.localSocket=${join(options.folder, "s3.sock")}`,
    // Volumes grow as needed up to this size, so a small disk is not reserved by empty ones.
    `-master.volumeSizeLimitMB=${options.volumeSizeMib ?? 1024}`,
  ];
}

/** One volume at a time for each bucket instead of seven: the studio has one bucket and one disk. */
const masterConfig = `[master.volume_growth]
copy_1 = 1
`;

function s3Config(keys: SeaweedKeys): string {
  const credentials = [{ accessKey: keys.accessKeyId, secretKey: keys.secretAccessKey }];
  return JSON.stringify({ identities: [{ name: "atelier", credentials, actions: ["Admin"] }] });
}

function securityConfig(key: string): string {
  const sections = ["jwt.signing", "jwt.signing.read", "jwt.filer_signing", "jwt.filer_signing.read"];
  return sections.map((name) => `[${name}]\nkey = "${key}"\nexpires_after_seconds = 60\n`).join("\n");
}

/** Any answer to a signed-out request will do, once the filer behind it takes part: its own health page says so. */
async function answers(port: number): Promise<boolean> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1_000);
  try {
    const answer = await fetch(`http://${address}:${port}/healthz`, { signal: controller.signal });
    return answer.ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
