// Which host a call goes to.
import type { Access } from "../model/service.ts";

/**
 * @param host the service's own, like name.tencentcloudapi.com
 * @returns a function to the base URL. Finance zones (-fsi) are cut off from the rest and only reach their own host.
 */
export function hostsOf(host: string): (region: string, access: Access) => string {
  const [service, ...domain] = host.split(".");
  const within = (part: string) => `https://${[service, part, ...domain].join(".")}`;
  return (region, access) => {
    if (access === "regional" || region.endsWith("-fsi")) return within(region);
    return access === "international" ? within("intl") : `https://${host}`;
  };
}
