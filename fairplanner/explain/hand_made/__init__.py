"""Plans that people made by hand: judged, compared with the best one, completed."""
