import { type NextRequest, NextResponse } from "next/server";

/** Tells the pages the path and query that were asked for, which a layout does not know by itself. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  const { pathname, search } = new URL(request.url);
  headers.set("x-atelier-path", pathname + search);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: "/((?!api/|_next/|mlflow/|fonts/|.*\\.svg$).*)" };
