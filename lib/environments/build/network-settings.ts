import { existsSync } from "node:fs";

type Variables = Record<string, string | undefined>;

/** The operator's settings for package indexes, proxies and certificates, in uv's words and in pip's. */
export interface NetworkSettings {
  env: Record<string, string>;
  /** The machine's own bundle of certificates, when a variable names one that exists. */
  caBundle: string | null;
}

const proxies = /^(https?|all|no)_proxy$/i;
const uvSettings =
  /^UV_(INDEX(_\w+)?|DEFAULT_INDEX|EXTRA_INDEX_URL|INSECURE_HOST|HTTP_TIMEOUT|HTTP_RETRIES|KEYRING_PROVIDER|NO_INDEX|EXCLUDE_NEWER|PRERELEASE|CONCURRENT_\w+|OFFLINE)$/;
const pipSettings =
  /^PIP_(INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST|NO_INDEX|DEFAULT_TIMEOUT|RETRIES|PRE|PROXY)$/;
/** uv does not read pip's variables; these are the same thing by another name. */
const asUv: Record<string, string> = {
  PIP_INDEX_URL: "UV_DEFAULT_INDEX",
  PIP_EXTRA_INDEX_URL: "UV_EXTRA_INDEX_URL",
  PIP_TRUSTED_HOST: "UV_INSECURE_HOST",
  PIP_NO_INDEX: "UV_NO_INDEX",
  PIP_DEFAULT_TIMEOUT: "UV_HTTP_TIMEOUT",
};

/** Reads the settings from the studio's own variables. What names a file of this machine is left out: builds run elsewhere. */
export function readNetworkSettings(source: Variables = process.env): NetworkSettings {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(source)) {
    if (!value) continue;
    if (proxies.test(name) || uvSettings.test(name) || pipSettings.test(name)) env[name] = value;
    const links = /^(UV|PIP)_FIND_LINKS$/.test(name)
      ? value.split(/[\s,]+/).filter((link) => /^https?:/.test(link))
      : [];
    if (links.length > 0) env.UV_FIND_LINKS = links.join(",");
  }
  for (const [pip, uv] of Object.entries(asUv)) {
    const value = env[pip];
    if (value !== undefined && env[uv] === undefined && !(uv === "UV_DEFAULT_INDEX" && env.UV_INDEX_URL))
      env[uv] = value;
  }
  const bundles = [source.SSL_CERT_FILE, source.PIP_CERT, source.REQUESTS_CA_BUNDLE];
  return { env, caBundle: bundles.find((path) => path && existsSync(path)) ?? null };
}

/** The variables that make pip, uv and what they start trust a bundle. */
export function trust(caBundle: string): Record<string, string> {
  return {
    SSL_CERT_FILE: caBundle,
    PIP_CERT: caBundle,
    REQUESTS_CA_BUNDLE: caBundle,
    CURL_CA_BUNDLE: caBundle,
  };
}
