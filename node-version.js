// Ends with one sentence where Node is too old for this package, before anything is read that such a Node stumbles over.
// npm's scripts run it, and the program imports it first of all: only what old versions know as well may stand here.
const OLDEST = "20.18.1";
const needed = OLDEST.split(".").map(Number);
const running = process.versions.node.split(".").map(Number);
const differs = needed.findIndex((part, at) => part !== running[at]);
if (differs >= 0 && running[differs] < needed[differs]) {
  console.error(`ckafka-mcp needs Node ${OLDEST} or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}
