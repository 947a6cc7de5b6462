// The regions that offer CKafka, as DescribeRegion lists them: region, id, short code, name, area.
const table: [string, number, string, string, string][] = [
  ["ap-guangzhou", 1, "gz", "Guangzhou", "South China"],
  ["ap-shanghai", 4, "sh", "Shanghai", "East China"],
  ["ap-hongkong", 5, "hk", "Hong Kong", "Hong Kong, Macao and Taiwan"],
  ["ap-shanghai-fsi", 7, "shjr", "Shanghai Finance", "East China"],
  ["ap-beijing", 8, "bj", "Beijing", "North China"],
  ["ap-singapore", 9, "sg", "Singapore", "Southeast Asia"],
  ["ap-shenzhen-fsi", 11, "szjr", "Shenzhen Finance", "South China"],
  ["na-siliconvalley", 15, "usw", "Silicon Valley", "Western US"],
  ["ap-chengdu", 16, "cd", "Chengdu", "Southwest China"],
  ["eu-frankfurt", 17, "de", "Frankfurt", "Europe"],
  ["ap-seoul", 18, "kr", "Seoul", "Northeast Asia"],
  ["ap-chongqing", 19, "cq", "Chongqing", "Southwest China"],
  ["na-ashburn", 22, "use", "Virginia", "Eastern US"],
  ["ap-bangkok", 23, "th", "Bangkok", "Southeast Asia"],
  ["ap-tokyo", 25, "jp", "Tokyo", "Northeast Asia"],
  ["ap-nanjing", 33, "nj", "Nanjing", "East China"],
  ["ap-jakarta", 72, "jkt", "Jakarta", "Southeast Asia"],
  ["sa-saopaulo", 74, "sao", "Sao Paulo", "South America"],
];

export const regions = table.map(([RegionCodeV3, RegionId, RegionCode, RegionName, AreaName]) => ({
  RegionId,
  RegionName,
  AreaName,
  RegionCode,
  RegionCodeV3,
  Support: "profession",
  Ipv6: 0,
  MultiZone: 1,
}));
