"""What was published, brought to those concerned: notices by mail, entries into an office's own calendar server."""

from __future__ import annotations
