"""The planner's report: one page that holds the whole plan, to be looked at, filtered and printed."""
