import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that answers at once: what is measured through it is the gateway alone. */
const server = createServer((request, response) => {
  request.resume();
  request.once("end", () => {
    response.writeHead(200, { "content-type": "application/json", "content-length": 6 });
    response.end('["no"]');
  });
});
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
