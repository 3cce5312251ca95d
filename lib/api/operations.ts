import { type AnyContractRouter, isContractProcedure } from "@orpc/contract";
import type { Access } from "#lib/auth/access.ts";
import type { OperationMeta } from "./operation.ts";

export interface DeclaredOperation {
  /** Dotted: `runs.list`. */
  name: string;
  method: string;
  path: string;
  access: Access;
}

/** What a procedure's contract says that its caller needs; throws when it says nothing. */
export function accessOf(procedure: { "~orpc": { meta: OperationMeta; route: { path?: string } } }): Access {
  const { meta, route } = procedure["~orpc"];
  if (!meta.access) throw new Error(`operation ${route.path ?? ""} declares no access`);
  return meta.access;
}

/** Every operation of a contract, with what it needs. */
export function walkOperations(contract: AnyContractRouter, prefix: string[] = []): DeclaredOperation[] {
  if (isContractProcedure(contract)) {
    const { route } = contract["~orpc"];
    const access = accessOf(contract);
    return [{ name: prefix.join("."), method: route.method ?? "POST", path: route.path ?? "", access }];
  }
  return Object.entries(contract).flatMap(([key, child]) =>
    walkOperations(child as AnyContractRouter, [...prefix, key]),
  );
}
