import { OpenAPIGenerator } from "@orpc/openapi";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { apiContract } from "./contract.ts";

let cached: Promise<unknown> | undefined;

/** The API's OpenAPI 3.1 document, made once from the contract. */
export function getOpenApiDocument(): Promise<unknown> {
  cached ??= new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(
    apiContract,
    {
      info: { title: "Atelier", version: "1" },
      servers: [{ url: "/api/v1" }],
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
      security: [{ token: [] }],
    },
  );
  return cached;
}
