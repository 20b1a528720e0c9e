/* Reads one calendar with libical, checks it against libical's own restriction tables, and prints a line for each event:
   uid, start, end, sequence, status, title, separated by tabs. Whole days as 2025-04-15, instants in seconds since 1970.
   Ends with 1 if the calendar cannot be parsed or breaks a restriction. Usage: read_libical FILE */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static char *content(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc(1, size + 1);
    size_t got = fread(text, 1, size, file);
    fclose(file);
    return got == (size_t)size ? text : NULL;
}

static void moment(struct icaltimetype at) {
    if (at.is_date) printf("%04d-%02d-%02d\t", at.year, at.month, at.day);
    else printf("%lld\t", (long long)icaltime_as_timet_with_zone(at, icaltime_get_timezone(at)));
}

int main(int count, char **names) {
    char *text = count == 2 ? content(names[1]) : NULL;
    icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
    if (!calendar || icalcomponent_count_errors(calendar) || !icalrestriction_check(calendar)) return 1;
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        printf("%s\t", icalcomponent_get_uid(event));
        moment(icalcomponent_get_dtstart(event));
        moment(icalcomponent_get_dtend(event));
        printf("%d\t%s\t%s\n", icalcomponent_get_sequence(event), icalenum_status_to_string(icalcomponent_get_status(event)),
               icalcomponent_get_summary(event));
    }
    icalcomponent_free(calendar);
    free(text);
    return 0;
}
