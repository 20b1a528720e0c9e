"""Store: everything that was published, in SQLite or PostgreSQL. The only room that knows sqlalchemy."""

from fairplanner.store.errors import StoreError, StoreTaken
from fairplanner.store.store import Store, open_store

__all__ = ["Store", "StoreError", "StoreTaken", "open_store"]
