import { expect, test } from "vitest";
import { LOGS, SHOP, SINGAPORE, sandbox, serve } from "./harness.ts";

test("instances of a region are listed, filtered and paged", async () => {
  const { call } = await serve(await sandbox());
  expect((await call("DescribeInstances")).data.Result).toMatchObject({
    TotalCount: 3,
    InstanceList: [{ InstanceId: SHOP, Status: 1 }, {}, {}],
  });
  expect((await call("DescribeInstances", { SearchWord: "log" })).data.Result.InstanceList).toMatchObject([
    { InstanceId: LOGS },
  ]);
  expect((await call("DescribeInstances", { Limit: 1, Offset: 1 })).data.Result).toMatchObject({
    TotalCount: 3,
    InstanceList: [{ InstanceId: LOGS }],
  });
  expect((await call("DescribeInstances", { VpcId: "vpc-shop01" })).data.Result.TotalCount).toBe(2);
  const singapore = await call("DescribeInstances", { Region: "ap-singapore", Status: [1] });
  expect(singapore.data.Result.InstanceList).toMatchObject([{ InstanceId: SINGAPORE }]);
  expect((await call("DescribeInstances", { Region: "ap-tokyo" })).data.Result).toEqual({ TotalCount: 0 });
});

test("details are filtered by tags and fields, all of which must match", async () => {
  const { call } = await serve(await sandbox());
  const ids = async (args: object) => {
    const { data } = await call("DescribeInstancesDetail", { ...args });
    return (data.Result.InstanceList ?? []).map((i: { InstanceId: string }) => i.InstanceId);
  };
  expect(
    await ids({
      TagList: [
        { TagKey: "env", TagValue: "production" },
        { TagKey: "team", TagValue: "platform" },
      ],
    }),
  ).toEqual([LOGS]);
  expect(
    await ids({
      Filters: [
        { Name: "VpcId", Values: ["vpc-shop01"] },
        { Name: "Ip", Values: ["10.0.1.20"] },
      ],
    }),
  ).toEqual([SHOP]);
  expect(await ids({ InstanceIdList: [LOGS] })).toEqual([LOGS]);
  expect(await ids({ SearchWord: "100006" })).toHaveLength(2);
  const { data } = await call("DescribeInstancesDetail", { InstanceId: LOGS });
  expect(data.Result.InstanceList[0]).toMatchObject({
    Healthy: 2,
    HealthyMessage: "disk utilization 86%",
    TopicNum: 7,
    PartitionNumber: 66,
  });
});

test("attributes count what is left of the quota", async () => {
  const { call } = await serve(await sandbox());
  const { data } = await call("DescribeInstanceAttributes", { InstanceId: SHOP });
  expect(data.Result).toMatchObject({
    CreatedTopics: 13,
    RemainingTopics: 387,
    CreatedPartitions: 51,
    RemainingPartitions: 749,
    DeleteProtectionEnable: 1,
  });
});

test("regions and zones are listed", async () => {
  const { call } = await serve(await sandbox());
  const regions = await call("DescribeRegion");
  expect(regions.data.Result).toHaveLength(18);
  expect((await call("DescribeRegion", { Limit: 2, Offset: 1 })).data.Result).toMatchObject([
    { RegionCodeV3: "ap-shanghai" },
    { RegionCodeV3: "ap-hongkong" },
  ]);
  const zones = await call("DescribeCkafkaZone");
  expect(zones.data.Result.ZoneList.map((z: { SoldOut: string }) => z.SoldOut)).toEqual(["false", "true", "false"]);
});
