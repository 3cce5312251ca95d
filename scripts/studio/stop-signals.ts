export interface StopRequest {
  /** Aborts the steps of a start that is under way. */
  signal: AbortSignal;
  asked: Promise<void>;
  /** Ends those steps for a reason of our own. */
  cancel(): void;
}

const forceAfter = 3;
/** Signals this close together are one request: the terminal, npm and the process before this one each pass it on. */
const sameRequestMs = 500;

/**
 * Listens for every way to ask for an orderly stop: Ctrl-C, SIGTERM, a closed terminal, a word or the end of the
 * process that started this one. The third request no longer waits for order.
 */
export function listenForStop(): StopRequest {
  const controller = new AbortController();
  let times = 0;
  let lastAt = 0;
  const asked = new Promise<void>((resolve) => {
    const ask = () => {
      if (Date.now() - lastAt < sameRequestMs) return;
      lastAt = Date.now();
      times++;
      if (times >= forceAfter) process.exit(1);
      controller.abort(new Error("stopped"));
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
    if (process.channel) {
      process.on("message", (message) => message === "stop" && ask());
      process.on("disconnect", ask);
    }
  });
  // The terminal may be gone by the time we report.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return { signal: controller.signal, asked, cancel: () => controller.abort() };
}
