// Which host a call goes to.

/** How the API is reached: the nearest host, the region's own, or the international site's. */
export type Access = "near" | "regional" | "international";

/**
 * @param host the product's own, like ckafka.tencentcloudapi.com
 * @returns a function from region to base URL. Finance zones (-fsi) are cut off from the rest and only reach their own host.
 */
export function endpoints(host: string, access: Access): (region: string) => string {
  const [service, ...domain] = host.split(".");
  const within = (part: string) => `https://${[service, part, ...domain].join(".")}`;
  return (region) => {
    if (access === "regional" || region.endsWith("-fsi")) return within(region);
    return access === "international" ? within("intl") : `https://${host}`;
  };
}
