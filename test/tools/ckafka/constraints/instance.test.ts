// What the reference states about instances: listing, changing and keeping them.
import { constraints, many, type Row } from "../../../support/constraints.ts";

const InstanceId = "ckafka-test";
const states: Row = [
  "Status: -1 to 5, 7",
  { Status: [-1, 0, 1, 2, 3, 4, 5, 7] },
  { Status: [6] },
  /Status\[0\] must be one of -1, 0, 1/,
];

constraints({
  DescribeInstances: {
    base: {},
    rows: [states],
  },
  DescribeTypeInstances: {
    base: {},
    rows: [states],
  },
  DescribeInstancesDetail: {
    base: {},
    rows: [
      states,
      [
        "Filters: by five names",
        { Filters: [{ Name: "SubNetId", Values: ["subnet-1"] }] },
        { Filters: [{ Name: "Zone", Values: ["1"] }] },
        /Filters\[0\]\.Name must be one of "Ip"/,
      ],
      [
        "Filters: at most 10 values",
        { Filters: [{ Name: "Ip", Values: many(10, "1.1.1.1") }] },
        { Filters: [{ Name: "Ip", Values: many(11, "1.1.1.1") }] },
        /Filters\[0\]\.Values must have at most 10/,
      ],
    ],
  },
  ModifyInstanceAttributes: {
    base: { InstanceId },
    rows: [
      [
        "RebalanceTime: in seconds",
        { RebalanceTime: 1_566_144_000 },
        { RebalanceTime: 1_566_144_000_000 },
        /RebalanceTime must be a time in seconds/,
      ],
    ],
  },
});
