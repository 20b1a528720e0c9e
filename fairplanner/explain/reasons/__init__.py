"""Why, why not, and what would change it: a firm, a zone or a delegation in a plan."""
