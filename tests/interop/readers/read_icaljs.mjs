// Reads calendars with ical.js in strict mode and prints what it sees as JSON: `seen`, the events of each file, and `texts`,
// their descriptions. Usage: node read_icaljs.mjs NODE_MODULES FILE...
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(join(modules, "ical.js", "dist", "ical.js")));
const { version } = JSON.parse(readFileSync(join(modules, "ical.js", "package.json"), "utf8"));
ICAL.design.strict = true;

const moment = (time) => (time.isDate ? time.toString() : time.toUnixTime());
const events = files.map((file) => {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  return calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component));
});
const seen = events.map((file) =>
  file.map((event) => ({
    uid: event.uid,
    title: event.summary,
    start: moment(event.startDate),
    end: moment(event.endDate),
    sequence: event.sequence,
    status: event.component.getFirstPropertyValue("status"),
  })),
);
const texts = events.map((file) => file.map((event) => event.description));
console.log(JSON.stringify({ version, seen, texts }));
