// What it costs to keep integers of 64 bits exact.
import { parse } from "lossless-json";
import { parseJson } from "../src/text/json.ts";
import { heading, line, median, ms } from "./report.ts";

/** A response of about a megabyte, like a long list of partitions. */
const response = (offset: string) => {
  const partition = `{"Partition":1,"Offset":${offset},"Metadata":"","ErrorCode":0,"LogEndOffset":20792792,"Lag":185238291}`;
  return `{"Response":{"Result":{"TopicList":[{"Topic":"t","Partitions":[${Array(9_500).fill(partition).join(",")}]}]},"RequestId":"r"}}`;
};

function time(work: () => unknown): number {
  const times: number[] = [];
  for (let i = 0; i < 15; i += 1) {
    const began = performance.now();
    work();
    times.push(performance.now() - began);
  }
  return median(times);
}

export function measureIntegers() {
  const [small, large] = [response("22689638"), response("9223372036854775807")];
  heading(`Parsing a response of ${(small.length / 1_048_576).toFixed(2)} MB`);
  const plain = time(() => JSON.parse(small));
  const ours = time(() => parseJson(small));
  line("JSON.parse, which rounds beyond 2^53", ms(plain));
  line("the client, no integer beyond 2^53 in it", ms(ours));
  const exact = time(() => parseJson(large));
  line("the client, with such integers", ms(exact));
  line("the exact parser for everything", ms(time(() => parse(small))));
  line("client / JSON.parse, usual case", (ours / plain).toFixed(2));
  const texts = response(
    `1,"Text":${JSON.stringify(JSON.stringify({ id: "x" }).replace('"x"', "9223372036854775807"))},"More":9223372036854775807`,
  );
  const rounded = time(() => JSON.parse(large));
  line("client / JSON.parse, with such integers", (exact / rounded).toFixed(2), "aim: at most 2.5");
  line(
    "the same, with such digits in strings as well",
    (time(() => parseJson(texts)) / time(() => JSON.parse(texts))).toFixed(2),
  );
}
