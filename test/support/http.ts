// Servers of a test's own in the place of the cloud. Closed after the test.
import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { afterTest } from "./after.ts";
import { inRoot } from "./paths.ts";

/** Resolves with the port. */
export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterTest(async () => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

export const endpoint = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listening(createHttpServer(listener))}`;

const pem = (name: string) => inRoot(`test/support/tls/${name}.pem`);
export const CERTIFICATE = pem("cert");
/** With a certificate that nobody knows unless told. */
export async function secureEndpoint(listener: RequestListener): Promise<string> {
  const server = createSecureServer({ key: readFileSync(pem("key")), cert: readFileSync(CERTIFICATE) }, listener);
  return `https://localhost:${await listening(server)}`;
}

/** A proxy that tunnels, and remembers where to. */
export async function proxy() {
  const targets: string[] = [];
  const server = createHttpServer();
  server.on("connect", (request, socket, head) => {
    targets.push(request.url ?? "");
    const [, port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on("error", () => {});
  });
  return { port: await listening(server), targets };
}
