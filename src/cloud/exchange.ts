// One HTTP exchange: a request out, a bounded answer in. Knows whether the request can have left.
import { StringDecoder } from "node:string_decoder";
import type { Dispatcher } from "undici";

export interface Answer {
  status: number;
  /** The server's clock, milliseconds since the epoch. */
  date: number | undefined;
  text: string;
}
export type Trouble = "unreachable" | "insecure" | "lost" | "timeout" | "oversized" | "cancelled";

export class ExchangeError extends Error {
  constructor(
    readonly trouble: Trouble,
    /** Whether any of the request can have reached the other side. */
    readonly sent: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
export interface Exchange {
  origin: string;
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Milliseconds for the whole exchange. */
  timeout: number;
  /** Characters of the answer; more is not read. */
  largest: number;
  signal?: AbortSignal | undefined;
  /** Once it has begun to leave it runs to its end, whatever the signal says: what it does is done anyway. */
  toTheEnd?: boolean;
}

/** @throws ExchangeError */
export function exchange(dispatcher: Dispatcher, request: Exchange): Promise<Answer> {
  const { origin, method, path, headers, body, timeout, largest, signal, toTheEnd = false } = request;
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let failure: ExchangeError | undefined;
    let status = 0;
    let date: string | undefined;
    let text = "";
    const decoder = new StringDecoder("utf8");

    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
    };
    /** Gives up. A request that still waits for a connection is dropped as soon as it would start. */
    const giveUp = (error: ExchangeError) => {
      failure ??= error;
      end();
      reject(failure);
      controller?.abort(failure);
    };
    const sent = () => controller !== undefined;
    const cancel = () => {
      if (!(toTheEnd && sent())) giveUp(new ExchangeError("cancelled", sent(), "the call was cancelled"));
    };
    const timer = setTimeout(
      () =>
        giveUp(
          new ExchangeError(
            "timeout",
            sent(),
            `no ${status ? "complete " : ""}answer within ${Math.round(timeout / 100) / 10} s`,
          ),
        ),
      timeout,
    );
    if (signal?.aborted) return cancel();
    signal?.addEventListener("abort", cancel, { once: true });

    dispatcher.dispatch(
      { origin, path, method, headers, body: method === "GET" ? null : body, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(started) {
          if (failure) return started.abort(failure);
          controller = started;
        },
        onResponseStart(_, code, incoming) {
          status = code;
          date = incoming.date as string | undefined;
        },
        onResponseData(_, chunk) {
          text += decoder.write(chunk);
          if (text.length > largest)
            giveUp(
              new ExchangeError(
                "oversized",
                true,
                `the answer is larger than ${largest < 1_048_576 ? `${largest / 1024} KB` : `${Math.floor(largest / 1_048_576)} MB`}`,
              ),
            );
        },
        onResponseEnd() {
          end();
          resolve({ status, date: timeOf(date), text: text + decoder.end() });
        },
        onResponseError(_, error) {
          giveUp(new ExchangeError(troubleOf(error, sent()), sent(), reasonOf(error), { cause: error }));
        },
      },
    );
  });
}

/** Undefined for what is no time; proxies and stubs send all sorts of things. */
function timeOf(date: string | undefined): number | undefined {
  const time = Date.parse(date ?? "");
  return Number.isFinite(time) ? time : undefined;
}

function troubleOf(error: Error, sent: boolean): Trouble {
  if (sent) return "lost";
  return /CERT|SSL|TLS|UNABLE_TO_|SELF_SIGNED/.test(codeOf(error)) ? "insecure" : "unreachable";
}
function codeOf(error: Error): string {
  const { code, errors } = error as NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] };
  return code ?? errors?.[0]?.code ?? "";
}
const reasonOf = (error: Error) => codeOf(error) || error.message;
