#!/usr/bin/env node
// What dist/index.js begins with. All the rest is imported behind the check, because modules are linked before any runs.
import "../node-version.js";

import("./index.ts");
