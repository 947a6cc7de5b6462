// The log service as a service, API 3.0: only what it has to do with Kafka.
import { hostsOf } from "../../src/cloud/endpoints.ts";
import { tc3 } from "../../src/cloud/wire/tc3.ts";
import type { Service } from "../../src/model/service.ts";
import { ckafka } from "../ckafka/service.ts";

const HOST = "cls.tencentcloudapi.com";

export const cls: Service = {
  name: "cls",
  version: "2020-10-16",
  wire: tc3,
  host: HOST,
  url: hostsOf(HOST),
  within: "TopicId",
  paging: "ask for less",
  // Its documents list none. Those of the instances that it reads from are known; the cloud knows the others.
  regions: ckafka.regions,
  otherRegions: /^[a-z]{2}-[a-z]{4,}(-[a-z0-9]+)*$/,
  advice: {
    FailedOperation:
      "DescribeKafkaRecharges shows what there is; CheckRechargeKafkaServer tells why a Kafka cannot be read.",
    "FailedOperation.Timeout": "It may have been carried out: DescribeKafkaRecharges tells.",
    "InvalidParameter.DbDuplication":
      "An import of this name or from this source is there already: look at it with DescribeKafkaRecharges.",
    "OperationDenied.AccountDestroy": "The account is closed for the log service: somebody has to open it again.",
    "OperationDenied.AccountIsolate": "The account owes the log service money: pay, then call again.",
    "OperationDenied.AccountNotExists": "The account does not use the log service yet: open it in the console.",
    "ResourceNotFound.TopicNotExist":
      "The region has no log topic of this id (a CKafka topic is something else); it may be in another Region.",
  },
  // Instances, their topics and groups are CKafka's.
  kinds: { logTopic: {} },
  instructions: [
    "The log service (CLS) imports topics of Kafka into log topics (…KafkaRecharge), and lets Kafka clients read log topics (…KafkaConsumer). A log topic's id is a UUID, and not a CKafka topic.",
    "An import from a CKafka instance is one more consumer group there: DescribeGroupOffsets shows its lag.",
  ],
};
