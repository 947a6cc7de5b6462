// The words of throttle rules, once for inputs, results and previews.
import { codes } from "../../../src/model/field.ts";

export const ThrottleType = codes({ 1: "by user or client", 2: "by consumer group", 3: "by topic" });
export const ThrottleDimension = codes({ 1: "of the instance", 2: "of topics" });
