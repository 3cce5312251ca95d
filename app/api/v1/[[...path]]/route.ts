import { createFetchApi } from "#lib/api/fetch-api.ts";
import { getWebServices } from "#lib/services/services.ts";

let api: ReturnType<typeof createFetchApi> | undefined;

/** Reached where `lib/server` does not stand before Next: plain `next dev`, hosts without a server of one's own. */
function handle(request: Request): Promise<Response> {
  api ??= createFetchApi(getWebServices());
  return api(request);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
