// The transport over stdin and stdout: one JSON-RPC message a line, in and out.
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { ErrorCode, type JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { type Frame, problemsIn, readLine, readOversized } from "./frames.ts";
import { createSplitter } from "./lines.ts";

/** Bytes that a client has not read yet; while there are more, nothing new is read from it. */
const MOST_UNREAD = 16 * 1_048_576;

export interface Stdio extends Transport {
  /** The client sends nothing more. */
  inputEnded: Promise<void>;
  /** The client reads nothing more. */
  outputClosed: Promise<void>;
}

export function createStdio(stdin: NodeJS.ReadableStream, stdout: NodeJS.WritableStream): Stdio {
  /** Requests of our own that wait for an answer, by id. */
  const asked = new Set<unknown>();
  const asks = (id: unknown) => asked.has(id) || (typeof id === "string" && id !== "" && asked.has(Number(id)));

  const deliver = (frames: Frame[]) => {
    for (const frame of frames) {
      if ("answer" in frame) {
        transport.onerror?.(new Error(`a frame was refused: ${frame.answer.error.message}`));
        void transport.send(frame.answer);
        continue;
      }
      const { message } = frame;
      if ("method" in message) transport.onmessage?.(message);
      // A client that could not read a request cannot say which one.
      else
        for (const id of message.id === undefined ? [...asked] : [message.id]) {
          asked.delete(Number(id));
          transport.onmessage?.({ ...message, id: Number(id) });
        }
    }
  };
  const input = createSplitter({
    line: (text) => deliver(readLine(text, asks)),
    oversized: (start, end) => deliver(readOversized(start, end)),
  });
  const read = (chunk: Buffer) => {
    input.add(chunk);
    if (stdout.writable && (stdout as NodeJS.WriteStream).writableLength > MOST_UNREAD) stdin.pause();
  };
  const resume = () => stdin.resume();
  stdout.on("drain", resume);

  const inputEnded = new Promise<void>((resolve) => {
    const end = () => {
      input.end();
      resolve();
    };
    stdin.once("end", end).once("error", end);
  });
  const outputClosed = new Promise<void>((resolve) => {
    stdout.once("close", resolve).on("error", () => resolve());
  });

  const transport: Stdio = {
    inputEnded,
    outputClosed,
    async start() {
      stdin.on("data", read);
    },
    send(message) {
      if ("method" in message && "id" in message) asked.add(message.id);
      if ("method" in message && message.method === "notifications/cancelled") asked.delete(message.params?.requestId);
      return new Promise((resolve) => {
        if (!stdout.writable) return resolve();
        stdout.write(`${wellFormed(JSON.stringify(told(message)))}\n`, () => resolve());
      });
    },
    async close() {
      stdin.off("data", read);
      stdin.pause();
      transport.onclose?.();
    },
  };
  return transport;
}

/** A refusal by a schema of the SDK arrives as a dump of it, and as a fault of ours. */
function told(message: JSONRPCMessage): JSONRPCMessage {
  if (!("error" in message) || !message.error.message.startsWith("[")) return message;
  try {
    const issues = JSON.parse(message.error.message);
    return { ...message, error: { code: ErrorCode.InvalidParams, message: problemsIn(issues) } };
  } catch {
    return message;
  }
}

/** Half a character, cut somewhere on the way, is legal in JSON, and strict clients drop the frame for it. */
const wellFormed = (json: string) =>
  json.includes("\\ud")
    ? json.replace(/\\(?:u(d[89a-f][0-9a-f]{2})|.)/g, (spelt, half) => (half ? "\\ufffd" : spelt))
    : json;
