// Reads calendars with ical.js and prints, for each, what a subscriber would see, as JSON.
// Usage: node read_with_icaljs.mjs NODE_MODULES FILE...
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [modules, ...files] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(join(modules, "ical.js", "dist", "ical.js")));
ICAL.design.strict = true;

const seen = files.map((file) => {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      location: event.location,
      sequence: event.sequence,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      minutes: event.endDate.subtractDate(event.startDate).toSeconds() / 60,
      utc: [event.startDate.toUnixTime(), event.endDate.toUnixTime()],
      allDay: event.startDate.isDate,
    };
  });
});
console.log(JSON.stringify(seen));
