// What each action can do harm to: from the action, as a list to be reviewed (`npm run generate` renews it: whoever makes an
// action less dangerous shows it there), and from its arguments.
import { describe, expect, test } from "vitest";
import { assess } from "../../../src/guard/risk.ts";
import type { AnyAction } from "../../../src/model/action.ts";
import { render } from "../../../src/text/line.ts";
import { type ActionName, actions } from "../../../tools/ckafka/actions.ts";
import { inRoot } from "../../support/paths.ts";

const deletion = { InstanceId: "ckafka-one", TopicName: "events" };

describe("risk", () => {
  test("the actions of each quality are those of the list that was reviewed", async () => {
    const all = Object.entries(actions) as unknown as [string, AnyAction][];
    const qualities: [title: string, of: (action: AnyAction) => boolean][] = [
      ["Destroys, whatever the arguments", ({ effect }) => effect === "destroy"],
      ["Writes", ({ effect }) => effect === "write"],
      ["Bills, whatever the arguments", ({ bills }) => bills === true],
      ["Bills by its arguments", ({ bills }) => typeof bills === "function"],
    ];
    const list = qualities.map(([title, of]) => {
      const names = all.flatMap(([name, action]) => (of(action) ? [`  ${name}\n`] : [])).sort();
      return `${title}:\n${names.join("")}`;
    });
    await expect(list.join("\n")).toMatchFileSnapshot(inRoot("test/tools/ckafka/risk.txt"));
  });

  const bills = (name: ActionName, input: object) => {
    const assessed = assess(actions[name] as AnyAction, { InstanceId: "i", ...input });
    return assessed.level !== "read" && assessed.bills;
  };
  test.each<[ActionName, object, object]>([
    ["ModifyInstanceAttributes", { PublicNetwork: 6 }, { InstanceName: "new" }],
    ["ModifyInstanceAttributes", { DynamicDiskConfig: { Enable: 1 } }, { DynamicDiskConfig: { Enable: 0 } }],
    ["CreateRoute", { VipType: 1, PublicNetwork: 6 }, { VipType: 3, VpcId: "v", SubnetId: "s" }],
    [
      "ModifyRoutineMaintenanceTask",
      { MaintenanceType: "QUOTA", MaintenanceSubtype: "INSTANCE_STORAGE_CAPACITY" },
      { MaintenanceType: "QUOTA", MaintenanceSubtype: "MESSAGE_RETENTION_PERIOD" },
    ],
    [
      "ModifyRoutineMaintenanceTask",
      { MaintenanceType: "ELASTIC_BANDWIDTH", MaintenanceSubtype: "ELASTIC_BANDWIDTH" },
      { MaintenanceType: "ELASTIC_BANDWIDTH", MaintenanceSubtype: "ELASTIC_BANDWIDTH", Status: 1 },
    ],
  ])("%s bills with %j, and not with %j", (name, costly, free) => {
    expect(bills(name, costly)).toBe(true);
    expect(bills(name, free)).toBe(false);
  });

  test("whoever types a name types that of the one thing hit, or the instance's", () => {
    const subject = (name: ActionName, input: object) => {
      const assessed = assess(actions[name] as AnyAction, { InstanceId: "i", ...input });
      return assessed.level !== "read" && assessed.subject;
    };
    expect(subject("BatchModifyTopicAttributes", { Topic: [{ TopicName: "a", RetentionMs: 1 }] })).toBe("a");
    expect(subject("BatchModifyTopicAttributes", { Topic: [{ TopicName: "a" }, { TopicName: "b" }] })).toBe("i");
    expect(subject("CreateAcl", { ResourceType: 2, ResourceName: "a" })).toBe("a");
    expect(subject("CreateAcl", { ResourceType: 2, ResourceNameList: '["a"]' })).toBe("a");
    expect(subject("CreateAcl", { ResourceType: 2, ResourceNameList: '["a","b"]' })).toBe("i");
    expect(subject("CreateAcl", { ResourceType: 4 })).toBe("i");
    expect(subject("DeleteAcl", { ResourceType: 4, ResourceName: "" })).toBe("i");
  });

  const into = (TargetResource: object) => ({ TaskName: "t", TargetResource });
  const everybody = { Operation: "All", PermissionType: "Allow", Host: "*", Principal: "User:*" };
  const risk = (name: ActionName, input: object) => assess(actions[name] as AnyAction, { ...deletion, ...input });
  const cutting = { MaintenanceType: "QUOTA", MaintenanceSubtype: "MESSAGE_RETENTION_PERIOD" };
  const escalations = [
    ["ModifyTopicAttributes", { RetentionMs: 60_000 }, /older than the new retention/],
    ["ModifyTopicAttributes", { RetentionBytes: 1_073_741_824 }, /beyond the new log size/],
    ["ModifyTopicAttributes", { CleanUpPolicy: "compact" }, /only the latest message of each key/],
    ["ModifyTopicAttributes", { UncleanLeaderElectionEnable: 1 }, /lose acknowledged messages/],
    ["ModifyTopicAttributes", { EnableWhiteList: 1, IpWhiteList: ["10.0.0.1"] }, /locked out/],
    ["ModifyTopicAttributes", { EnableWhiteList: 0 }, /any address may use the topic/],
    ["ModifyTopicAttributes", { EnableAclRule: 1, AclRuleName: "r" }, /locked out/],
    ["ModifyTopicAttributes", { AclRuleName: "r" }, /locked out/],
    ["ModifyTopicAttributes", { EnableAclRule: 0 }, /everybody may use the topic/],
    ["ModifyTopicAttributes", { QuotaConsumerByteRate: 1 }, /throttled/],
    ["ModifyTopicAttributes", { ReplicaNum: 1 }, /fewer broker failures/],
    ["ModifyTopicAttributes", { MaxMessageBytes: 1024 }, /larger messages are refused/],
    ["ModifyTopicAttributes", { MinInsyncReplicas: 2 }, /producers can fail/],
    [
      "BatchModifyTopicAttributes",
      { Topic: [{ TopicName: "a" }, { TopicName: "b", RetentionMs: 60_000 }] },
      /older than the new retention/,
    ],
    ["ModifyConnectResource", { ResourceId: "r", Type: "ES", EsConnectParam: {} }, /account or address is replaced/],
    ["ModifyConnectResource", { ResourceId: "r", ResourceName: "n", Description: "d" }, undefined],
    ["CreateDatahubTask", into({ MySQLParam: { DataTargetInsertMode: "UPSERT" } }), /same key in the target table/],
    [
      "CreateDatahubTask",
      into({ PostgreSQLParam: { DataTargetInsertMode: "UPSERT" } }),
      /same key in the target table/,
    ],
    ["CreateDatahubTask", into({ IcebergParam: { UpsertMode: "UPSERT" } }), /same key in the target table/],
    ["CreateDatahubTask", into({ IcebergParam: { UpsertMode: "CDC" } }), /overwritten and deleted/],
    ["CreateDatahubTask", into({ EsParam: { DatabasePrimaryKey: "id" } }), /documents .* overwritten and deleted/],
    ["CreateDatahubTask", into({ EsParam: { DocumentIdField: "id" } }), /documents with the same id/],
    ["CreateDatahubTask", into({ KafkaParam: { ConnectorSyncType: "META_SYNC_INSTANCE_TYPE" } }), /settings of topics/],
    [
      "CreateDatahubTask",
      { SourceResource: { KafkaParam: { ConnectorSyncType: "META_AND_DATA_SYNC_INSTANCE_TYPE" } } },
      /settings of topics/,
    ],
    ["CreateDatahubTask", into({ KafkaParam: { ConnectorSyncType: "DATA_SYNC_TYPE" } }), undefined],
    ["CreateDatahubTask", into({ MySQLParam: { DataTargetInsertMode: "INSERT" } }), undefined],
    ["CreateDatahubTask", into({ IcebergParam: { UpsertMode: "Off" } }), undefined],
    ["CreateDatahubTask", into({ EsParam: { Index: "i", DocumentIdField: "" } }), undefined],
    ["CreateMetaAndDataSyncDatahubTask", { TopicList: ["a"] }, /settings of topics .* messages mixed into them/],
    ["CreateMetaAndDataSyncDatahubTask", { TopicList: ["a"], Prefix: "copy" }, undefined],
    ["ModifyTopicAttributes", { Note: "harmless", QuotaConsumerByteRate: -1, RetentionBytes: -1 }, undefined],
    ["BatchModifyTopicAttributes", { Topic: [{ TopicName: "a", Note: "harmless" }] }, undefined],
    // The first that is allowed something closes a resource to all others.
    [
      "CreateAcl",
      { Operation: 2, PermissionType: 3, Principal: "User:a" },
      /^where it is the first .* whoever no ACL allows is locked out$/,
    ],
    ["CreateAcl", { Operation: 2, PermissionType: 3, Host: "10.0.0.1" }, /whoever no ACL allows/],
    ["CreateAcl", { Operation: 3, PermissionType: 3 }, /whoever no ACL allows/],
    ["CreateAcl", { Operation: 2, PermissionType: 2, Principal: "User:a" }, /^those denied are locked out$/],
    // What shuts nobody out lets everybody in.
    ["CreateAcl", { Operation: 2, PermissionType: 3 }, /^everything to everybody$/],
    [
      "BatchCreateAcl",
      { ResourceNames: ["a"], RuleList: [{ ...everybody, Operation: "Read" }] },
      /whoever no ACL allows/,
    ],
    [
      "BatchCreateAcl",
      { ResourceNames: ["a"], RuleList: [everybody, { ...everybody, PermissionType: "Deny" }] },
      /those denied/,
    ],
    [
      "BatchCreateAcl",
      { ResourceNames: ["a"], RuleList: [{ ...everybody, Operation: "Read" }, everybody] },
      /^read to everybody; everything to everybody$/,
    ],
    ["CreateAclRule", { PatternType: "PREFIXED", RuleList: [{ ...everybody, Host: "10.0.0.1" }] }, /whoever no ACL/],
    ["CreateAclRule", { PatternType: "PREFIXED", RuleList: [everybody] }, /^everything to everybody$/],
    ["CreateRoute", { VipType: 3 }, /^the instance to whoever can reach the new address: nobody has to sign in there$/],
    ["CreateRoute", { VipType: 3, AccessType: 5 }, undefined],
    ["CreateAclRule", { PatternType: "PRESET", RuleList: [{ ...everybody, PermissionType: "Deny" }] }, undefined],
    ["ModifyThrottleRule", { ThrottleRuleId: 1, ConsumeThrottle: 1 }, /slowed and can fall behind/],
    ["ModifyThrottleRule", { ThrottleRuleId: 1 }, undefined],
    ["ModifyInstanceAttributes", { MsgRetentionTime: 60 }, /older than the new retention/],
    ["ModifyInstanceAttributes", { RetentionBytes: 1_073_741_824 }, /beyond the new log size/],
    ["ModifyInstanceAttributes", { DynamicRetentionConfig: { BottomRetention: 60 } }, /retention is cut/],
    ["ModifyInstanceAttributes", { UncleanLeaderElectionEnable: 1 }, /lose acknowledged messages/],
    ["ModifyInstanceAttributes", { DeleteProtectionEnable: 0 }, /can be deleted/],
    ["ModifyInstanceAttributes", { AdminSecurity: true }, /risky admin calls of clients are refused/],
    ["ModifyInstanceAttributes", { AdminSecurity: false }, /risky admin calls to every client/],
    ["ModifyInstanceAttributes", { MaxMessageByte: 1025 }, /larger messages are refused/],
    ["ModifyInstanceAttributes", { PublicNetwork: 3 }, /public clients .* throttled/],
    ["ModifyInstanceAttributes", { TransactionalIdExpirationMs: 3_600_000 }, /transactions .* expire/],
    [
      "ModifyInstanceAttributes",
      {
        InstanceName: "harmless",
        Config: { AutoCreateTopicEnable: true },
        DynamicDiskConfig: { Enable: 1 },
        DynamicRetentionConfig: { Enable: 0 },
        UncleanLeaderElectionEnable: 0,
        DeleteProtectionEnable: 1,
        RetentionBytes: -1,
        RebalanceTime: 1,
      },
      undefined,
    ],
    ["ModifyInstancePre", { BandWidth: 40 }, /throttled/],
    ["ModifyInstancePre", { DiskSize: 500 }, /less room/],
    ["ModifyInstancePre", { Partition: 800 }, undefined],
    ["InstanceScalingDown", { BandWidth: 40, DiskSize: 500 }, /throttled; .*less room/],
    ["InstanceScalingDown", { Partition: 800 }, undefined],
    [
      "CreateDatahubTask",
      { TaskName: "t", TargetResource: { Type: "KAFKA", KafkaParam: { SelfBuilt: true } } },
      /whoever reads the target/,
    ],
    ["UpgradeBrokerVersion", { Type: 5 }, /connections of clients/],
    ["UpgradeBrokerVersion", { Type: 1 }, /no action goes back/],
    ["ModifyRoutineMaintenanceTask", { MaintenanceSubtype: "MESSAGE_RETENTION_PERIOD" }, /retention is cut/],
    ["ModifyRoutineMaintenanceTask", { ...cutting, Status: 1 }, undefined],
    // No documented pair: the worst.
    ["ModifyRoutineMaintenanceTask", { MaintenanceSubtype: "MESSAGE_RETENTION_PERIOD", Status: 1 }, /throttled/],
    ["CreatePrometheus", { VpcId: "v", SubnetId: "s" }, /metrics of all brokers/],
    ["CreateCdcCluster", {}, /removes the cluster/],
    ["ModifyRoutineMaintenanceTask", { MaintenanceType: "ELASTIC_BANDWIDTH", Status: 1 }, /throttled/],
    ["ModifyRoutineMaintenanceTask", { MaintenanceType: "ELASTIC_BANDWIDTH", Status: 0 }, undefined],
  ] as const;
  test.each(escalations)("%s %o", (name, input, reason) => {
    const found = risk(name, input);
    expect(found.level).toBe(reason ? "destroy" : "write");
    if (found.level !== "read" && reason) {
      const lines = Object.values(found.stakes).map(({ line }) => render(line));
      expect(
        lines.some((line) => reason.test(line)),
        lines.join("; "),
      ).toBe(true);
    }
  });
  test("every action whose arguments can escalate has a call that does and one that does not", () => {
    const able = Object.entries(actions).flatMap(([name, action]) =>
      // What cannot be undone whatever the arguments are, escalates always.
      action.effect === "write" && "loses" in action && !("final" in action && Array.isArray(action.final))
        ? [name]
        : [],
    );
    const shown = (does: boolean) =>
      new Set(escalations.filter(([, , reason]) => (reason !== undefined) === does).map(([name]) => name as string));
    expect(able.filter((name) => !shown(true).has(name))).toEqual([]);
    // Whatever an ACL allows or denies, somebody may gain or lose: only reading tells that nobody does.
    const always = ["CreateAcl", "BatchCreateAcl"];
    expect(able.filter((name) => !shown(false).has(name))).toEqual(always);
  });
});
