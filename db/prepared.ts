import type { Sql, TransactionSql } from "postgres";

/** How often a statement has to come before it is prepared, and how many are at most: each is kept by every connection. */
const often = 3;
const most = 400;

/**
 * A client that prepares the statements that come again and again. Drizzle sends each as a new one, which takes the
 * database a second answer and a second plan. Those with a text of their own each time stay as they are.
 */
export function preparing(sql: Sql): Sql {
  const counts = new Map<string, number>();
  const isFrequent = (text: string) => {
    const count = (counts.get(text) ?? 0) + 1;
    if (count > 1 || counts.size < most) counts.set(text, count);
    return count >= often;
  };
  return wrap(sql, isFrequent);
}

function wrap<T extends Sql | TransactionSql>(client: T, isFrequent: (text: string) => boolean): T {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === "unsafe") {
        return (text: string, params?: never[]) => target.unsafe(text, params, { prepare: isFrequent(text) });
      }
      if (name === "begin" || name === "savepoint") {
        return (...args: unknown[]) => {
          const work = args.pop() as (inner: TransactionSql) => Promise<unknown>;
          const open = value as (...all: unknown[]) => Promise<unknown>;
          return open(...args, (inner: TransactionSql) => work(wrap(inner, isFrequent)));
        };
      }
      return value;
    },
  });
}
