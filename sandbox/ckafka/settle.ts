// Brings a region up to now: whatever has begun, ended or failed since it was last looked at.
import { isForgotten } from "../kafka/consumers.ts";
import { type DataTask, instancesOf, type Region } from "../state/store.ts";
import { isWorking, missing, startOf, taskGroup } from "./data/ends.ts";
import { nextComparison, work } from "./data/transfer.ts";
import { isRouteGone } from "./route.ts";

export function settle(region: Region, now: number) {
  const { tasks } = region.datahub;
  const begin = tasks.filter((t) => !t.asked.done).map(startOf);
  const end = region.instances.flatMap(({ phase }) => (phase ? [phase.until] : []));
  const compare = tasks.filter(isWorking).flatMap((t) => nextComparison(t) ?? []);
  // What a task finds when its time comes must not depend on when somebody looks.
  const times = [...begin, ...end, ...compare].filter((time) => time < now);
  for (const time of [...new Set([...times, now])].sort((a, b) => a - b)) {
    for (const task of tasks.filter(isWorking)) work(region, task, time);
    endPhases(region, time);
    for (const task of tasks.filter((t) => !t.asked.done && startOf(t) <= time)) {
      finish(region, task);
      if (isWorking(task)) work(region, task, time);
    }
  }
  for (const holder of [...region.instances, ...region.datahub.topics])
    if (holder.groups.some((g) => isForgotten(g, now)))
      holder.groups = holder.groups.filter((g) => !isForgotten(g, now));
  for (const { access } of region.instances) access.routes = access.routes.filter((r) => !isRouteGone(r, now));
}

/** What has been deleted by then is nobody's source or target any more; what failed is as the reference numbers it. */
function endPhases(region: Region, now: number) {
  for (const instance of region.instances) {
    const { phase } = instance;
    if (!phase || now < phase.until) continue;
    if (phase.failure !== null) instance.status = { 0: -1, 2: 4, 7: instance.status }[phase.status];
    else if (phase.status === 2) continue;
    else instance.broker = phase.broker ?? instance.broker;
    instance.phase = null;
  }
  region.instances = instancesOf({ region, now });
}

/** What was asked of a task is done, or has failed: its workers go. */
function finish(region: Region, task: DataTask) {
  const { asked } = task;
  asked.done = true;
  if (asked.what === "pause") return;
  asked.failure ??= missing(region, task) || null;
  if (asked.failure === null) return;
  for (const { groups } of [...region.instances, ...region.datahub.topics])
    for (const group of groups) if (group.name === taskGroup(task)) group.members = [];
}
