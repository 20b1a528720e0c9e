"""Serve: calendar subscriptions over HTTP, straight from the store. The only room that knows starlette and uvicorn."""

from fairplanner.serve.app import app
from fairplanner.serve.server import bound, serve
from fairplanner.serve.settings import Settings

__all__ = ["Settings", "app", "bound", "serve"]
