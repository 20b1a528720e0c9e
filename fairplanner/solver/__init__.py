"""From a problem to a plan, with its proven bound."""
