#!/usr/bin/env node
// What is run: whether Node is new enough, and so little else that Node's cache of compiled code, where it has one (22.1), is on
// before anything is loaded. The rest is imported behind it, because modules are linked before any of them runs.
import "../node-version.js";

const { enableCompileCache, flushCompileCache, getCompileCacheDir } = builtin("node:module") as CompileCache;
// With NODE_COMPILE_CACHE it is on already. NODE_DISABLE_COMPILE_CACHE is looked at by Node.
if (enableCompileCache && !getCompileCacheDir?.()) {
  const folder = ownFolder();
  if (folder) enableCompileCache(folder);
}
// Node itself only writes it at an orderly end, and some clients kill their servers. Later than the first answers, so that
// what they took is in it.
if (flushCompileCache) setTimeout(flushCompileCache, 1_000).unref();
void import("./index.ts");

/**
 * Compiled code is run as it is found, and everybody may write to the folder for temporary files: only one that nobody else
 * can have put something into will do. Node's default there is not looked at in this way. Undefined: no cache this time.
 */
function ownFolder(): string | undefined {
  const [fs, os, path] = [builtin("node:fs"), builtin("node:os"), builtin("node:path")];
  const user = process.getuid?.();
  const folder = path.join(os.tmpdir(), user === undefined ? "ckafka-mcp-cache" : `ckafka-mcp-cache-${user}`);
  try {
    if (!fs.existsSync(folder)) fs.mkdirSync(folder, { mode: 0o700 });
    const found = fs.lstatSync(folder);
    // Windows has a folder for temporary files for each user.
    const safe = found.isDirectory() && (user === undefined || (found.uid === user && (found.mode & 0o022) === 0));
    return safe ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Not imported: that costs more than the start of a server has to spare. Not there before Node 20.16. */
function builtin<Name extends "node:module" | "node:fs" | "node:os" | "node:path">(name: Name) {
  return (process.getBuiltinModule?.(name) ?? {}) as ReturnType<typeof process.getBuiltinModule<Name>>;
}

/** As newer versions of Node declare it. */
interface CompileCache {
  enableCompileCache?: (folder: string) => void;
  flushCompileCache?: () => void;
  getCompileCacheDir?: () => string | undefined;
}
