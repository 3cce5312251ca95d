/** Does the work for each item, `atOnce` at a time. The first failure ends it: what is not begun by then is left out. */
export async function inTurns<Item>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = [...items];
  let failed = false;
  async function go(): Promise<void> {
    while (!failed) {
      const item = waiting.shift();
      if (item === undefined) return;
      await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, go));
}
