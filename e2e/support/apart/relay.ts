import { connect, createServer, type NetConnectOpts, type Server } from "node:net";

/** Hands every connection on, both ways, until either end closes it. */
export function relay(
  from: { port: number; host: string } | { path: string },
  to: NetConnectOpts,
): Promise<Server> {
  const server = createServer((near) => {
    const far = connect(to);
    const end = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on("error", end).on("close", end);
    near.pipe(far).pipe(near);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(from, () => resolve(server));
  });
}
