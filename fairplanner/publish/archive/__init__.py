"""The archive of a fair: what came in, what was decided and why, who was told, what it cost; with an index and hashes."""
