/**
 * The page to open after signing in, as the address says it: a path of this studio with its query. Anything that could
 * lead to another site gives the first page instead.
 */
export function readReturnPath(to: string | null | undefined): string {
  if (!to || !/^\/(?![/\\])/.test(to) || /[\s\\]/.test(to)) return "/";
  return to;
}

/** The address of the sign-in page that leads back to `path`. */
export function signInPath(path: string): string {
  const to = readReturnPath(path);
  return to === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(to)}`;
}
