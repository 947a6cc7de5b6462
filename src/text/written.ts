// What people write: files as any editor saves them, and never quoted where they cannot be read, for a key may stand there.
import { readFileSync } from "node:fs";
import { parse } from "lossless-json";

/** Why a text cannot be used, to be put behind its name: "cannot be read: ENOENT", "is not JSON (line 3)". */
export class WrittenError extends Error {}

/** A file's text without its byte order mark, in UTF-8 or, with such a mark, UTF-16. @throws WrittenError */
export function readText(path: string | URL | number): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new WrittenError(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? "it failed"}`);
  }
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(wide ? "utf16le" : "utf8").replace(/^\ufeff/, "");
}

/** @throws WrittenError */
export const readJsonFile = (path: string): unknown => parseWritten(readText(path));

/** @throws WrittenError */
export function parseWritten(text: string): unknown {
  const plain = text.replace(/^\ufeff/, "");
  try {
    return JSON.parse(plain);
  } catch {
    throw new WrittenError(`is not JSON (${whereIn(plain)})`);
  }
}

/** The line where JSON ends to be JSON. The parser's own message quotes what stands there. */
function whereIn(text: string): string {
  if (text.trim() === "") return "it is empty";
  let at = text.length;
  try {
    parse(text, undefined, { onDuplicateKey: ({ newValue }) => newValue });
  } catch (error) {
    at = Number(/at position (\d+)/.exec((error as Error).message)?.[1] ?? at);
  }
  return `line ${text.slice(0, at).split("\n").length}`;
}
