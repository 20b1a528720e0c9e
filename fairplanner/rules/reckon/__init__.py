"""The scalar reckoning, in dates and Decimal: what `check` and hand-worked examples use; never sees a Problem."""
