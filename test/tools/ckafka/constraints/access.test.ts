// What the reference states about who gets in: ACLs, routes, throttle rules and users.
import { constraints, type Row } from "../../../support/constraints.ts";

const InstanceId = "ckafka-test";
const principal: Row = [
  "Principal: with User:",
  { Principal: "User:alice" },
  { Principal: "alice" },
  /Principal must start with User:/,
];
const entry = { Operation: "Read", PermissionType: "Allow", Host: "*", Principal: "User:*" };
const ruled: Row = [
  "RuleList.Principal: with User:",
  { RuleList: [{ ...entry, Principal: "User:A" }] },
  { RuleList: [{ ...entry, Principal: "A" }] },
  /RuleList\[0\]\.Principal must start with User:/,
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
  CreateAcl: {
    base: { InstanceId, ResourceType: 2, ResourceName: "orders", Operation: 3, PermissionType: 3 },
    rows: [
      principal,
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
      principal,
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
    rows: [ruled],
  },
  CreateAclRule: {
    base: { InstanceId, ResourceType: "Topic", PatternType: "PRESET", RuleName: "rule", RuleList: [entry] },
    rows: [
      [
        "Pattern: required with PREFIXED",
        { PatternType: "PREFIXED", Pattern: "a" },
        { PatternType: "PREFIXED" },
        /PatternType PREFIXED needs Pattern/,
      ],
      [
        "IsApplied: presets only",
        { IsApplied: 1 },
        { IsApplied: 1, PatternType: "PREFIXED", Pattern: "a" },
        /IsApplied 1 is for PatternType PRESET only/,
      ],
      ruled,
    ],
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
        "Filters: a principal value",
        { Filters: [{ Values: ["sg-1"] }] },
        { Filters: [{ Values: ["sg-1", "sg-2"] }] },
        /Filters\[0\]\.Values must have at most 1/,
      ],
    ],
  },
  CreateRoute: {
    base: { InstanceId, VipType: 3, VpcId: "vpc-test", SubnetId: "subnet-test" },
    rows: [
      ["VpcId: required with VipType 3", {}, { VpcId: undefined }, /VipType 3 needs VpcId/],
      ["SubnetId: required with VipType 3", {}, { SubnetId: undefined }, /VipType 3 needs VpcId and SubnetId/],
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

  CreateThrottleRule: {
    base: { InstanceId, ThrottleType: 3, TopicNameList: ["orders"], ConsumeThrottle: 10 },
    rows: [
      [
        "ConsumeThrottle or ProduceThrottle: one is required",
        { ConsumeThrottle: undefined, ProduceThrottle: 5 },
        { ConsumeThrottle: undefined },
        /give ConsumeThrottle or ProduceThrottle/,
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
});
