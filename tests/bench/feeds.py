"""How many subscribers one machine serves: `python -m tests.bench.feeds`.

Makes a store with many feeds, starts `fairplanner serve` over it and asks with wrk on loopback: first only whether anything
is new (If-None-Match, as nearly every poll does), then for the whole feeds, every feed as often as any other. Prints what
was reached, seconds of processor per request, and the server's memory as it went. Nothing is asserted: the machine decides,
and other programs on it are seen in the load that is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from fairplanner.domain.published import Feed, FeedKey, Revision, Scope
from fairplanner.store import open_store

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PROGRAMME = "bench"
EVENT = (
    "BEGIN:VEVENT\r\nSUMMARY:第 {n} 个展会 · 企业 {firm}\r\nDTSTART;VALUE=DATE:2027{month:02}{day:02}\r\n"
    "DTEND;VALUE=DATE:2027{month:02}{end:02}\r\nDTSTAMP:20261122T080000Z\r\nUID:{firm}-{n}@bench.example.org\r\n"
    "SEQUENCE:0\r\nCLASS:PUBLIC\r\nCREATED:20261122T080000Z\r\nDESCRIPTION:{text}\r\nLAST-MODIFIED:20261122T080000Z\r\n"
    "LOCATION:展馆 {n}\\, 上海\r\nSTATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
)
LINE = "标准展位 2 个，筹展期两天；名单与批件以通知为准。" * 6
SCRIPT = """
local at, step, asks = 0, {step}, {{}}
for line in io.lines("{links}") do
  local path, tag = line:match("^(%S+) (%S+)$")
  asks[#asks + 1] = wrk.format("GET", path, {{["If-None-Match"] = {tagged} and tag or nil, ["User-Agent"] = "wrk"}})
end
function request()
  at = (at + step) % #asks
  return asks[at + 1]
end
"""
"""wrk's own language. The step has no common factor with any usual number of feeds: none is asked twice in a row."""
STEP = 7919


def feeds_of(count: int, events: int) -> Iterator[Feed]:
    """Feeds of about 800 bytes an event, each its own."""
    for i in range(count):
        firm = f"firm{i:05}"
        text = "\r\n ".join(LINE[k : k + 24] for k in range(0, len(LINE), 24))
        body = "".join(
            EVENT.format(n=n, firm=firm, month=n % 12 + 1, day=n % 20 + 1, end=n % 20 + 5, text=text)
            for n in range(events)
        )
        content = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//{firm}//ZH\r\n{body}END:VCALENDAR\r\n".encode()
        yield Feed(FeedKey("firm", firm, "zh"), firm, f"企业 {firm}", sha256(content).hexdigest(), AT, content)


def store_with(path: Path, count: int, events: int) -> Path:
    """A store with feeds and one link each; gives the file that lists paths and tags."""
    links = path.with_suffix(".links")
    with open_store(str(path), host="bench.example.org") as store, links.open("w", encoding="ascii") as out:
        made = {feed.key: feed.etag for feed in feeds_of(count, events)}
        revision = Revision(PROGRAMME, 1, "d", "", "s", AT, "bench", "bench", b"{}", b"{}")
        store.publish(revision, feeds_of(count, events), [], onto="")
        for key, etag in made.items():
            token = store.create_token(PROGRAMME, Scope(key.kind, key.subject), AT)
            out.write(f'/f/{token}/{key.subject}.zh.ics "{etag}"\n')
    return links


class Watch:
    """Memory (MB) and seconds of processor of a process and its children, looked at again and again."""

    def __init__(self, pid: int, every: float = 5.0) -> None:
        self.pid, self.memory = pid, [_of(pid)[0]]
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, args=(every,), daemon=True)
        self._thread.start()

    def _look(self, every: float) -> None:
        while not self._end.wait(every):
            self.memory.append(_of(self.pid)[0])

    def stop(self) -> None:
        """Look no more."""
        self._end.set()
        self._thread.join()


def _of(pid: int) -> tuple[float, float]:
    memory = seconds = 0.0
    for one in (pid, *_children(pid)):
        status = Path(f"/proc/{one}/status").read_text(encoding="ascii")
        memory += int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]
        fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return memory, seconds


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(x) for x in text.split()]


def asked(
    url: str, links: Path, *, tagged: bool, seconds: int, connections: int, pid: int, folder: Path
) -> dict[str, object]:
    """One run of wrk."""
    script = folder / "ask.lua"
    script.write_text(SCRIPT.format(links=links, step=STEP, tagged="true" if tagged else "false"), encoding="ascii")
    watch, before = Watch(pid), _of(pid)[1]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), url]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout  # noqa: S603
    used = _of(pid)[1] - before
    watch.stop()
    requests = int(re.search(r"(\d+) requests in", told)[1])  # type: ignore[index]
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    m = watch.memory
    return {
        "asked": "conditional" if tagged else "full",
        "per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]),  # type: ignore[index]
        **{f"p{p}": re.search(rf"^\s+{p}%\s+(\S+)", told, re.MULTILINE)[1] for p in (50, 90, 99)},  # type: ignore[index]
        "requests": requests, "not_2xx_or_3xx": int(wrong[1]) if wrong else 0,
        "server_cpu_us_per_request": round(used / requests * 1e6), "server_cores": round(used / seconds, 2),
        "memory_mb": {"start": round(m[0]), "third": round(m[len(m) // 3]), "end": round(m[-1]), "most": round(max(m))},
        "load": [round(x, 2) for x in os.getloadavg()], "socket_errors": "Socket errors" in told,
    }  # fmt: skip


def served(path: Path, workers: int, folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A server over a store, its log in a file, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "fairplanner", "serve", "--store", str(path), "--port", str(port)]
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen([*command, "--workers", str(workers)], stderr=log)  # noqa: S603
    url = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:  # noqa: S310
                answer.read()
                return server, url
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise SystemExit(f"the server does not answer; see {folder / 'serve.log'}")


def main() -> None:
    """Measure, print one JSON object a run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.feeds", description=__doc__)
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60, help="for each way of asking")
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--ask", default="conditional,full")
    parser.add_argument("--folder", type=Path, help="keep the store here, and use it again")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed")
    folder = options.folder or Path(tempfile.mkdtemp(prefix="fairplanner-feeds-"))
    path = folder / f"feeds-{options.feeds}-{options.events}.db"
    links = path.with_suffix(".links") if path.exists() else store_with(path, options.feeds, options.events)
    server, url = served(path, options.workers, folder)
    try:
        for way in options.ask.split(","):
            found = asked(
                url, links, tagged=way == "conditional", seconds=options.seconds, connections=options.connections,
                pid=server.pid, folder=folder,
            )  # fmt: skip
            print(json.dumps(found), flush=True)  # noqa: T201
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        if options.folder is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
