"""The law: one file a rule, in two faces; `RULES` is the whole list, in the order of reports."""
