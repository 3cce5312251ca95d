import { join } from "node:path";
import { pathToFileURL } from "node:url";

type Handle = (request: Request) => Promise<Response>;

let api: Promise<Handle> | undefined;

/**
 * Reached where `lib/server` does not stand before Next: plain `next dev`. Node loads the API as it is, outside of the
 * bundle: the bundler would take every path and program it names for a part of the pages, the data folder included.
 */
async function loadApi(): Promise<Handle> {
  const load = <T>(file: string): Promise<T> =>
    import(
      /* turbopackIgnore: true */ pathToFileURL(join(/* turbopackIgnore: true */ process.cwd(), file)).href
    );
  const { createFetchApi } = await load<typeof import("#lib/api/fetch-api.ts")>("lib/api/fetch-api.ts");
  const { getWebServices } =
    await load<typeof import("#lib/services/services.ts")>("lib/services/services.ts");
  return createFetchApi(getWebServices());
}

async function handle(request: Request): Promise<Response> {
  api ??= loadApi();
  return (await api)(request);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
