/** Names the workspace that this browser saw last, so that `/` opens it again. */
export const lastWorkspaceCookie = "atelier-workspace";

export function rememberWorkspace(name: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it, and not every browser has the Cookie Store
  document.cookie = `${lastWorkspaceCookie}=${encodeURIComponent(name)}; path=/; max-age=31536000; samesite=lax`;
}
