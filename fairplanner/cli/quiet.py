"""What native code writes to standard output by itself is kept out of ours."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

OUT = 1
"""The file descriptor that native code takes for standard output, whatever `sys.stdout` is by then."""


@contextmanager
def quiet() -> Iterator[None]:
    """While it lasts, standard output leads nowhere; afterwards, also after an error or Ctrl-C, it leads where it did.

    HiGHS (in ortools) prints a line there now and then, which no parameter of it turns off, and which would make the one
    object of `--json` unreadable. Standard error is left alone: progress shows. An engine that outlives Ctrl-C and prints
    only then is cut off with its line still in the buffer (`leave`), unless that is a terminal, where it does no harm.
    """
    if sys.stdout is not None:
        sys.stdout.flush()
    with ExitStack() as stack:
        # a process may have no standard output at all: then there is nothing to keep clean
        with suppress(OSError):
            own = os.dup(OUT)
            stack.callback(os.close, own)
            stack.callback(os.dup2, own, OUT)
            stack.callback(_empty_buffers)
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), OUT)
        yield


def _empty_buffers() -> None:
    """Unless it prints to a terminal, C keeps what is printed until its buffer is full or the process ends."""
    import ctypes

    ctypes.CDLL("ucrtbase" if os.name == "nt" else None).fflush(None)
