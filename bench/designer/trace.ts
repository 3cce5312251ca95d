/** One event of Chromium's tracing; times in microseconds. */
export interface TraceEvent {
  name: string;
  cat: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Processor time. */
  tdur?: number;
  args?: { name?: string };
}

/** Processor time for each frame, in milliseconds. */
export interface CpuTimes {
  /** The page's own thread: scripts, style, layout and paint. */
  main: number;
  scripts: number;
  styleAndLayout: number;
  paint: number;
  /** The threads that turn what was painted into pixels, and put them together. */
  pixels: number;
}

const scripts = new Set([
  "FunctionCall",
  "EventDispatch",
  "TimerFire",
  "FireAnimationFrame",
  "RunMicrotasks",
]);
const styleAndLayout = new Set([
  "UpdateLayoutTree",
  "Layout",
  "IntersectionObserverController::computeIntersections",
]);
const paint = new Set(["PrePaint", "Paint", "Layerize", "Commit", "UpdateLayerTree"]);
const pixelThreads = /^(CompositorTileWorker|ThreadPoolForegroundWorker|VizCompositorThread|Compositor$)/;

interface Span {
  start: number;
  end: number;
}

/** Sums the processor time of events of these names, each counted once where they lie in each other. */
function sum(events: readonly TraceEvent[], names: ReadonlySet<string>): number {
  let open: Span | null = null;
  let total = 0;
  const own = events.filter(({ name, ph }) => ph === "X" && names.has(name)).sort((a, b) => a.ts - b.ts);
  for (const { ts, dur = 0, tdur } of own) {
    if (open && ts < open.end) continue;
    open = { start: ts, end: ts + dur };
    total += tdur ?? dur;
  }
  return total / 1_000;
}

/** The thread of the page: of the renderers' main threads, the one that ran the most. */
function findMain(events: readonly TraceEvent[], names: ReadonlyMap<string, string>): string | undefined {
  const spent = new Map<string, number>();
  for (const { ph, pid, tid, name, tdur = 0 } of events) {
    const key = `${pid}.${tid}`;
    if (ph !== "X" || name !== "FireAnimationFrame" || names.get(key) !== "CrRendererMain") continue;
    spent.set(key, (spent.get(key) ?? 0) + tdur + 1);
  }
  return [...spent].sort((a, b) => b[1] - a[1])[0]?.[0];
}

export function readTrace(events: readonly TraceEvent[], frames: number): CpuTimes {
  const names = new Map<string, string>();
  for (const { name, pid, tid, args } of events)
    if (name === "thread_name") names.set(`${pid}.${tid}`, args?.name ?? "");
  const main = findMain(events, names);
  const mainEvents = events.filter(({ pid, tid }) => `${pid}.${tid}` === main);
  const tasks = new Set(["ThreadControllerImpl::RunTask"]);
  const byThread = Map.groupBy(
    events.filter(({ pid, tid }) => pixelThreads.test(names.get(`${pid}.${tid}`) ?? "")),
    ({ pid, tid }) => `${pid}.${tid}`,
  );
  // A worker's tasks are no tasks of a message loop; they count by what they do.
  const pixelTasks = new Set([...tasks, "ThreadPool_RunTask", "RasterTask", "RunTask"]);
  const pixels = [...byThread.values()].reduce((total, own) => total + sum(own, pixelTasks), 0);
  return {
    main: sum(mainEvents, tasks) / frames,
    scripts: sum(mainEvents, scripts) / frames,
    styleAndLayout: sum(mainEvents, styleAndLayout) / frames,
    paint: sum(mainEvents, paint) / frames,
    pixels: pixels / frames,
  };
}
