// Reads calendars with node-ical and prints what it sees as JSON. Run it with TZ=UTC: whole days are local midnights.
// Usage: TZ=UTC node read_nodeical.mjs NODE_MODULES FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, ...files] = process.argv.slice(2);
const ical = createRequire(join(modules, "x.js"))("node-ical");
const { version } = JSON.parse(readFileSync(join(modules, "node-ical", "package.json"), "utf8"));

const moment = (time, isDay) => (isDay ? time.toISOString().slice(0, 10) : time.getTime() / 1000);
const seen = files.map((file) =>
  Object.values(ical.sync.parseFile(file))
    .filter((part) => part.type === "VEVENT")
    .map((event) => ({
      uid: event.uid,
      title: event.summary,
      start: moment(event.start, event.datetype === "date"),
      end: moment(event.end, event.datetype === "date"),
      sequence: Number(event.sequence),
      status: event.status,
    })),
);
console.log(JSON.stringify({ version, seen }));
