// What has to be taken away when a test is over, last come first.
const cleanups: (() => Promise<unknown>)[] = [];
export const afterTest = (cleanup: () => Promise<unknown>) => void cleanups.push(cleanup);

export async function clean() {
  while (cleanups.length > 0) await cleanups.pop()?.();
}
