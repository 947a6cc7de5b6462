// What the server offers: services → toolsets → actions. A new noun is a folder and a line in its service's list.
import { catalogueOf } from "../src/model/catalogue.ts";
import { toolsets } from "./ckafka/index.ts";
import { sets } from "./ckafka/sets.ts";
import { synonyms } from "./ckafka/synonyms.ts";
import { toolsets as logService } from "./cls/index.ts";
import { synonyms as ofLogs } from "./cls/synonyms.ts";
import { monitor } from "./monitor/index.ts";

export const catalogue = catalogueOf(
  { ...toolsets, monitor, ...logService },
  {
    sets,
    synonyms: { ...synonyms, ...ofLogs },
    examples: {
      call: "DescribeInstances '{\"Limit\": 5}'",
      toolsets: "topic,group or all,-datahub",
      words: "topic create",
      parameter: "Topic.RetentionMs",
    },
  },
);
