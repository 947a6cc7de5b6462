import { CloudError } from "../errors.ts";
import type { Credential } from "./sign.ts";

/** From the variables that Tencent Cloud's own tools read. @throws CloudError NoCredentials */
export function credentialFromEnvironment(env: NodeJS.ProcessEnv): Credential {
  const secretId = env.TENCENTCLOUD_SECRET_ID?.trim();
  const secretKey = env.TENCENTCLOUD_SECRET_KEY?.trim();
  if (!secretId || !secretKey) {
    const missing = [!secretId && "TENCENTCLOUD_SECRET_ID", !secretKey && "TENCENTCLOUD_SECRET_KEY"].filter(Boolean);
    throw new CloudError("NoCredentials", `${missing.join(" and ")} not set`, "no");
  }
  // The SDKs and Terraform name the token differently.
  const token = (env.TENCENTCLOUD_SESSION_TOKEN || env.TENCENTCLOUD_TOKEN || env.TENCENTCLOUD_SECURITY_TOKEN)?.trim();
  return token ? { secretId, secretKey, token } : { secretId, secretKey };
}
