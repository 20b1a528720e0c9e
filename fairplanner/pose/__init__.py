"""From a programme to a problem: travel, trips, costs, subsidies, scores."""
