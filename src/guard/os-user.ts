import { userInfo } from "node:os";

/** Whom the system takes this process for. A user id without an entry has no name. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.()}`;
  }
}
