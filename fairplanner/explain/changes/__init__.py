"""What would another plan look like: assumptions side by side with the plan, the frontier, what limits are worth."""
