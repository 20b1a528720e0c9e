"""Where the files that come with fairplanner lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path


def shipped(name: str) -> Path:
    """Folder `catalogs` or `templates` as shipped."""
    package = Path(__file__).resolve().parent
    inside = package / "shipped_files" / name
    return inside if inside.is_dir() else package.parent / name
