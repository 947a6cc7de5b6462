// To be imported before the SDK: its models would otherwise write functions of their own for the first message of each kind,
// which takes longer than all messages of a session take without them.
import { config } from "zod/v4/core";

config({ jitless: true });
