"""Papers that were typeset before, kept in the user's cache folder: what did not change is not typeset again.

Only bytes by the digest of everything they were made of; nobody reads a paper there. Deleting the folder loses nothing.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

VARIABLE = "FAIRPLANNER_CACHE"
"""Names another folder; empty: keep nothing."""
MOST = 500_000_000
"""Bytes kept; what was used longest ago goes first."""
DIGEST = 32
"""Bytes of the SHA-256 that a paper is kept behind: what was cut off or changed does not agree with it."""


class TypesetBefore(MutableMapping[str, bytes]):
    """Files of a folder by name; one that cannot be read or written is as good as none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def __getitem__(self, key: str) -> bytes:
        path = self._path(key)
        try:
            kept = path.read_bytes()
            os.utime(path)  # used now: it goes last
        except OSError as error:
            raise KeyError(key) from error
        content = kept[DIGEST:]
        if sha256(content).digest() != kept[:DIGEST]:
            raise KeyError(key)
        return content

    def __setitem__(self, key: str, content: bytes) -> None:
        path = self._path(key)
        with suppress(OSError):  # a full or read-only disk: then it is typeset again next time
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(sha256(content).digest() + content)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def __delitem__(self, key: str) -> None:
        self._path(key).unlink()

    def __iter__(self) -> Iterator[str]:
        return (path.name for path in sorted(self.folder.glob("??/*")))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def forget(self, most: int = MOST) -> None:
        """Delete what was used longest ago, until at most so many bytes are left."""
        with suppress(OSError):
            found = sorted((s.st_mtime_ns, s.st_size, path) for path in self.folder.glob("??/*") for s in [path.stat()])
            total = sum(size for _, size, _ in found)
            for _, size, path in found:
                if total <= most:
                    return
                path.unlink(missing_ok=True)
                total -= size


def typeset_before() -> TypesetBefore | None:
    """The cache of this user; None where the environment says so."""
    wish = os.environ.get(VARIABLE)
    if wish == "":
        return None
    return TypesetBefore(Path(wish) if wish else user_cache_path("fairplanner", appauthor=False) / "typeset")
