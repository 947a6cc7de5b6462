// The sandbox as a process of its own, so that what is measured does not share a processor with what answers.
import { startSandbox } from "../sandbox/server/http.ts";
import { readWorld } from "../sandbox/world/world.ts";

const world = readWorld();
world.clock.stand();
const { url, credential } = await startSandbox({ world, rateLimit: process.argv.includes("--rate-limit") });
process.send?.({ url, credential });
process.on("disconnect", () => process.exit(0));
// The sandbox alone does not keep a process alive.
setInterval(() => {}, 60_000);
