// What the reference states about who gets in: ACLs, routes, throttle rules and users.
import { constraints, type Row } from "../../../support/constraints.ts";

const InstanceId = "ckafka-test";
const resource: Row = [
  "ResourceType: 2, 3, 4",
  { ResourceType: 3 },
  { ResourceType: 5 },
  /ResourceType must be one of 2, 3, 4/,
];
const single: Row[] = [
  resource,
  ["Operation: from 2", { Operation: 2 }, { Operation: 1 }, /Operation must be one of 2, 3, /],
  ["Operation: to 12", { Operation: 12 }, { Operation: 13 }, /Operation must be one of 2, 3, .*, 12, got 13/],
  [
    "PermissionType: 2 deny, 3 allow",
    { PermissionType: 2 },
    { PermissionType: 1 },
    /PermissionType must be one of 2, 3/,
  ],
  ["Principal: with User:", { Principal: "User:alice" }, { Principal: "alice" }, /Principal must start with User:/],
];
const entry = { Operation: "Read", PermissionType: "Allow", Host: "*", Principal: "User:*" };
const entries = (key: string, valid: string, invalid: string, refusal: RegExp): Row => [
  `RuleList.${key}: like ${valid}`,
  { RuleList: [{ ...entry, [key]: valid }] },
  { RuleList: [{ ...entry, [key]: invalid }] },
  refusal,
];
const ruled = [
  entries("Operation", "Write", "WRITE", /RuleList\[0\]\.Operation must be one of "All", "Read", "Write"/),
  entries("PermissionType", "Deny", "ALLOW", /RuleList\[0\]\.PermissionType must be one of "Deny", "Allow"/),
  entries("Principal", "User:A", "A", /RuleList\[0\]\.Principal must start with User:/),
];
const open = { VipType: 1, AccessType: 1, PublicNetwork: 3 };
const allowed: Row[] = [
  [
    "IpWhitelist.CidrBlock: an IP or a CIDR",
    { IpWhitelist: [{ CidrBlock: "10.0.0.0/8" }, { CidrBlock: "1.1.1.1" }] },
    { IpWhitelist: [{ CidrBlock: "10.0.0.0-10.0.0.9" }] },
    /IpWhitelist\[0\]\.CidrBlock must be an IP address or a CIDR/,
  ],
];

constraints({
  DescribeACL: {
    base: { InstanceId, ResourceType: 2 },
    rows: [resource, ["Limit: at most 50", { Limit: 50 }, { Limit: 51 }, /Limit must be at most 50/]],
  },
  DescribeAclRule: {
    base: { InstanceId },
    rows: [
      [
        "PatternType: PREFIXED, PRESET",
        { PatternType: "PRESET" },
        { PatternType: "LITERAL" },
        /PatternType must be one of/,
      ],
    ],
  },
  CreateAcl: {
    base: { InstanceId, ResourceType: 2, ResourceName: "orders", Operation: 3, PermissionType: 3 },
    rows: [
      ...single,
      [
        "Host: IPs and CIDRs, separated by ;",
        { Host: "10.0.0.1;10.1.0.0/16" },
        { Host: "10.0.0.1,10.0.0.2" },
        /Host must be IPs or CIDRs, separated by/,
      ],
      ["Host: no half address", { Host: "fd00::/8" }, { Host: "10.0.0" }, /Host must be IPs or CIDRs/],
      ["Host: no range beyond 32 bits", { Host: "10.0.0.0/32" }, { Host: "10.0.0.0/33" }, /Host must be IPs or CIDRs/],
      [
        "ResourceName or ResourceNameList, one of them",
        { ResourceName: undefined, ResourceNameList: '["a"]' },
        { ResourceNameList: '["a"]' },
        /ResourceName or ResourceNameList, not both/,
      ],
      ["ResourceName: the topic", {}, { ResourceName: undefined }, /ResourceType 2 needs ResourceName/],
      [
        "ResourceName: may be empty for the cluster",
        { ResourceType: 4, ResourceName: "" },
        { ResourceName: "" },
        /ResourceType 2 needs ResourceName/,
      ],
      [
        "ResourceNameList: JSON text",
        { ResourceName: undefined, ResourceNameList: '["a","b"]' },
        { ResourceName: undefined, ResourceNameList: "a,b" },
        /ResourceNameList must be a list of names as JSON/,
      ],
    ],
  },
  DeleteAcl: {
    base: { InstanceId, ResourceType: 2, ResourceName: "orders", Operation: 3, PermissionType: 3 },
    rows: [
      ...single,
      [
        "ResourceName: may be empty for the cluster",
        { ResourceType: 4, ResourceName: "" },
        { ResourceName: "" },
        /ResourceType 2 needs ResourceName/,
      ],
    ],
  },
  BatchCreateAcl: {
    base: { InstanceId, ResourceType: 2, ResourceNames: ["orders"], RuleList: [entry] },
    rows: [["ResourceType: 2", {}, { ResourceType: 3 }, /ResourceType must be (one of )?2/], ...ruled],
  },
  CreateAclRule: {
    base: { InstanceId, ResourceType: "Topic", PatternType: "PRESET", RuleName: "rule", RuleList: [entry] },
    rows: [
      ["ResourceType: Topic", {}, { ResourceType: "Group" }, /ResourceType must be one of "Topic"/],
      ["PatternType: PREFIXED, PRESET", {}, { PatternType: "LITERAL" }, /PatternType must be one of/],
      [
        "Pattern: required with PREFIXED",
        { PatternType: "PREFIXED", Pattern: "a" },
        { PatternType: "PREFIXED" },
        /PatternType PREFIXED needs Pattern/,
      ],
      ["IsApplied: 0 or 1", { IsApplied: 1 }, { IsApplied: 2 }, /IsApplied must be one of 0, 1/],
      [
        "IsApplied: presets only",
        { IsApplied: 1 },
        { IsApplied: 1, PatternType: "PREFIXED", Pattern: "a" },
        /IsApplied 1 is for PatternType PRESET only/,
      ],
      ...ruled,
    ],
  },
  ModifyAclRule: {
    base: { InstanceId, RuleName: "rule" },
    rows: [["IsApplied: 0 or 1", { IsApplied: 0 }, { IsApplied: 2 }, /IsApplied must be one of 0, 1/]],
  },

  DescribeSecurityGroupRoutes: {
    base: {},
    rows: [
      [
        "Filters: by security-group-id",
        { Filters: [{ Name: "security-group-id", Values: ["sg-1"] }] },
        { Filters: [{ Name: "vpc-id" }] },
        /Filters\[0\]\.Name must be one of "security-group-id"/,
      ],
      [
        "Filters: a single value",
        { Filters: [{ Values: ["sg-1"] }] },
        { Filters: [{ Values: ["sg-1", "sg-2"] }] },
        /Filters\[0\]\.Values must have at most 1/,
      ],
      [
        "Filters: IN, NOT_IN",
        { Filters: [{ Relation: "NOT_IN" }] },
        { Filters: [{ Relation: "LIKE" }] },
        /Filters\[0\]\.Relation must be one of/,
      ],
    ],
  },
  CreateRoute: {
    base: { InstanceId, VipType: 3, VpcId: "vpc-test", SubnetId: "subnet-test" },
    rows: [
      ["VipType: 1, 3, 7", { VipType: 7 }, { VipType: 4 }, /VipType must be one of 1, 3, 7/],
      ["VpcId: required with VipType 3", {}, { VpcId: undefined }, /VipType 3 needs VpcId/],
      ["SubnetId: required with VipType 3", {}, { SubnetId: undefined }, /VipType 3 needs VpcId and SubnetId/],
      [
        "AccessType: 0, 1, 3, 4, 5 with VipType 3",
        { AccessType: 5 },
        { AccessType: 2 },
        /AccessType must be one of 0, 1, 3, 4, 5/,
      ],
      [
        "AccessType: 0, 1, 3 with VipType 7",
        { VipType: 7, AccessType: 3 },
        { VipType: 7, AccessType: 4 },
        /VipType 7 needs AccessType/,
      ],
      [
        "AccessType: 1, 3 with VipType 1",
        { VipType: 1, AccessType: 3, PublicNetwork: 3 },
        { VipType: 1, AccessType: 0, PublicNetwork: 3 },
        /VipType 1 needs AccessType 1 or 3/,
      ],
      [
        "PublicNetwork: required with VipType 1",
        { VipType: 1, AccessType: 1, PublicNetwork: 6 },
        { VipType: 1, AccessType: 1 },
        /VipType 1 needs PublicNetwork/,
      ],
      [
        "PublicNetwork: multiple of 3",
        { VipType: 1, AccessType: 1, PublicNetwork: 9 },
        { VipType: 1, AccessType: 1, PublicNetwork: 10 },
        /PublicNetwork must be a multiple of 3/,
      ],
      [
        "IpWhitelist: with VipType 1 only",
        { VipType: 1, AccessType: 1, PublicNetwork: 3, IpWhitelist: [{ CidrBlock: "1.1.1.1" }] },
        { IpWhitelist: [{ CidrBlock: "1.1.1.1" }] },
        /IpWhitelist is for public routes only/,
      ],
      ["Ip: an IP", { Ip: "10.0.0.30" }, { Ip: "vip-1" }, /Ip must be an IP address/],
      ...allowed.map(
        ([says, valid, invalid, refusal]): Row => [says, { ...open, ...valid }, { ...open, ...invalid }, refusal],
      ),
    ],
  },
  ModifyAccessPolicy: { base: { InstanceId, RouteId: 1 }, rows: allowed },

  DescribeThrottleRules: {
    base: { InstanceId },
    rows: [
      ["Limit: at most 200", { Limit: 200 }, { Limit: 201 }, /Limit must be at most 200/],
      [
        "ThrottleDimension: 1 or 2",
        { ThrottleDimension: 2 },
        { ThrottleDimension: 3 },
        /ThrottleDimension must be one of 1, 2/,
      ],
    ],
  },
  CreateThrottleRule: {
    base: { InstanceId, ThrottleType: 3, TopicNameList: ["orders"], ConsumeThrottle: 10 },
    rows: [
      ["ThrottleType: 1, 2, 3", {}, { ThrottleType: 4 }, /ThrottleType must be one of 1, 2, 3/],
      [
        "ConsumeThrottle or ProduceThrottle: one is required",
        { ConsumeThrottle: undefined, ProduceThrottle: 5 },
        { ConsumeThrottle: undefined },
        /give ConsumeThrottle or ProduceThrottle/,
      ],
      [
        "ConsumeThrottle: unsigned",
        { ConsumeThrottle: 0 },
        { ConsumeThrottle: -1 },
        /ConsumeThrottle must be at least 0/,
      ],
      [
        "ProduceThrottle: unsigned",
        { ProduceThrottle: 0 },
        { ProduceThrottle: -1 },
        /ProduceThrottle must be at least 0/,
      ],
      [
        "users or clients of type 1",
        { ThrottleType: 1, TopicNameList: undefined, ClientIdList: ["a"] },
        { ThrottleType: 1, TopicNameList: undefined },
        /ThrottleType 1 needs UserNameList or ClientIdList/,
      ],
      [
        "groups of type 2",
        { ThrottleType: 2, TopicNameList: undefined, GroupNameList: ["a"] },
        { ThrottleType: 2, TopicNameList: undefined },
        /ThrottleType 2 needs GroupNameList/,
      ],
      ["topics of type 3", {}, { TopicNameList: undefined }, /ThrottleType 3 needs TopicNameList/],
    ],
  },
  ModifyThrottleRule: {
    base: { InstanceId, ThrottleRuleId: 1 },
    rows: [
      ["ThrottleRuleId: unsigned", {}, { ThrottleRuleId: -1 }, /ThrottleRuleId must be at least 0/],
      [
        "ConsumeThrottle: unsigned",
        { ConsumeThrottle: 0 },
        { ConsumeThrottle: -1 },
        /ConsumeThrottle must be at least 0/,
      ],
    ],
  },

  DescribeAppInfo: {
    base: {},
    rows: [["Limit: at most 50", { Limit: 50 }, { Limit: 51 }, /Limit must be at most 50/]],
  },
});
