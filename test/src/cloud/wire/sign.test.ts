import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  authorization,
  canonicalRequest,
  deriveKey,
  scopeDate,
  signature,
  stringToSign,
} from "../../../../src/cloud/wire/sign.ts";

// The documented example, whose key is literally 32 asterisks, with every intermediate value it prints.
const secretId = `AKID${"*".repeat(32)}`;
const secretKey = "*".repeat(32);
const body = '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}';
const parts = {
  service: "cvm",
  timestamp: 1551113065,
  headers: {
    "content-type": "application/json; charset=utf-8",
    host: "cvm.tencentcloudapi.com",
    "x-tc-action": "DescribeInstances",
  },
  body,
};
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("the documented vector, step by step", () => {
  expect(sha256(body)).toBe("35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064");
  expect(canonicalRequest(parts)).toBe(
    [
      "POST",
      "/",
      "",
      "content-type:application/json; charset=utf-8",
      "host:cvm.tencentcloudapi.com",
      "x-tc-action:describeinstances",
      "",
      "content-type;host;x-tc-action",
      "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064",
    ].join("\n"),
  );
  expect(sha256(canonicalRequest(parts))).toBe("7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84");
  expect(stringToSign(parts)).toBe(
    "TC3-HMAC-SHA256\n1551113065\n2019-02-25/cvm/tc3_request\n7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84",
  );
  const { secretDate, secretService, secretSigning } = deriveKey(secretKey, "2019-02-25", "cvm");
  expect(secretDate.toString("hex")).toBe("da98fb70dcf6b112dc21038d1eeeb3a95c74b4dcb12c1131f864f6066bd02be0");
  expect(secretService.toString("hex")).toBe("8d70cbefb03939f929db64d32dc2ba89b1095620119fe3e050e2b18c5bd2752f");
  expect(secretSigning.toString("hex")).toBe("b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af");
  expect(signature(secretKey, parts)).toBe("10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f");
  expect(authorization({ secretId, secretKey }, parts)).toBe(
    `TC3-HMAC-SHA256 Credential=${secretId}/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f`,
  );
});

test("the scope's date is UTC, whatever the machine's time zone", () => {
  // 2019-02-26 00:44 in China.
  expect(scopeDate(1551113065)).toBe("2019-02-25");
});

test("the derived key is not kept over a change of day, key or service", () => {
  const day = signature(secretKey, parts);
  expect(signature(secretKey, { ...parts, timestamp: parts.timestamp + 86_400 })).not.toBe(day);
  expect(signature("other", parts)).not.toBe(day);
  expect(signature(secretKey, { ...parts, service: "ckafka" })).not.toBe(day);
  expect(signature(secretKey, parts)).toBe(day);
});
