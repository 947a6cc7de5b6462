// npm run bench: what a user waits for and pays, each figure beside what it is compared with in the same run.
import { measureCalls, measureRateLimit } from "./calls.ts";
import { measureCompiler } from "./compiler.ts";
import { measureIntegers } from "./integers.ts";
import { measureSandbox } from "./sandbox.ts";
import { measureStartup } from "./startup.ts";
import { measureTokens } from "./tokens.ts";

console.log(`node ${process.version}`);
await measureStartup();
await measureCalls();
await measureRateLimit();
await measureSandbox();
measureIntegers();
measureTokens();
measureCompiler();
process.exit(0);
