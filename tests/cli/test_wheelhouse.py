"""The offline installer: fairplanner's own wheel, what it needs on another computer, and the zip; the network is not asked."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner
from packaging.tags import Tag
from packaging.utils import parse_wheel_filename

from fairplanner.cli import build, wheelhouse
from fairplanner.cli.own_wheel import own_wheel
from fairplanner.cli.wheels import PLATFORMS, Target, _needed, this_platform
from fairplanner.words import words


def a_wheel(*needs: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        head = "Metadata-Version: 2.1\nName: x\nVersion: 1\n" + "".join(f"Requires-Dist: {n}\n" for n in needs)
        made.writestr("x-1.dist-info/METADATA", head)
        made.writestr("x/vendored-2.dist-info/METADATA", "Requires-Dist: wrong\n")
    return out.getvalue()


def test_our_own_wheel_holds_all_that_we_ship_and_is_the_same_every_time() -> None:
    name, content = own_wheel()
    assert own_wheel() == (name, content)
    assert Tag("py3", "none", "any") in parse_wheel_filename(name)[3]
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        names = set(wheel.namelist())
        info = next(n.partition("/")[0] for n in names if n.endswith(".dist-info/METADATA"))
        recorded = {row[0] for row in csv.reader(io.StringIO(wheel.read(f"{info}/RECORD").decode()))}
    assert recorded == names
    assert {f"{info}/{n}" for n in ("METADATA", "WHEEL", "entry_points.txt")} <= names
    shipped = "fairplanner/shipped_files"
    assert {
        f"{shipped}/catalogs/reference/fairs.csv",
        f"{shipped}/templates/start/start.bat",
        "fairplanner/cli/go.py",
    } <= names
    assert not [n for n in names if n.endswith(".pyc") or "__pycache__" in n]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_needed_is_that_of_the_other_computer_in_the_versions_of_this_one(platform: str) -> None:
    wheel = a_wheel(
        "click>=1", "no-such-package>=3; sys_platform == 'win32'", "other-package; platform_system == 'Linux'",
        "for-arm; platform_machine == 'aarch64'", "old; python_version < '3.12'", "extra-only; extra == 'test'",
    )  # fmt: skip
    found = {name: str(r) for name, r in _needed(wheel, Target(platform, "3.11"), frozenset())}
    assert found.pop("click") == f"click=={version('click')}"
    assert found.pop("old") == "old"
    assert (
        found
        == {
            "win": {"no-such-package": "no-such-package>=3"},
            "linux-x86_64": {"other-package": "other-package"},
            "linux-aarch64": {"other-package": "other-package", "for-arm": "for-arm"},
        }[platform]
    )
    assert "old" not in dict(_needed(wheel, Target(platform, "3.12"), frozenset()))
    assert "extra-only" in dict(_needed(wheel, Target(platform, "3.12"), frozenset({"test"})))


def test_wheels_are_taken_that_older_offices_can_run() -> None:
    assert list(Target("win", "3.11").tags()) == ["win_amd64"]
    for machine in ("x86_64", "aarch64"):
        tags = list(Target(f"linux-{machine}", "3.11").tags())
        assert tags[0] == f"manylinux_2_28_{machine}"
        assert f"manylinux2014_{machine}" in tags
        assert not [tag for tag in tags if "_2_29_" in tag or "_2_3" in tag.removesuffix(machine)]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_zip_is_one_folder_with_the_wheels_and_a_start_for_that_computer(tmp_path: Path, platform: str) -> None:
    (tmp_path / "a-1-py3-none-any.whl").write_bytes(a_wheel())
    content = wheelhouse._archive(sorted(tmp_path.glob("*.whl")), Target(platform, "3.12"), words("zh"))
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        modes = {info.filename: info.external_attr >> 16 & 0o777 for info in made.infolist()}
        assert made.read("展会计划/wheelhouse/python.txt") == (b"3.12\r\n" if platform == "win" else b"3.12\n")
    start = {"开始.bat": 0o644} if platform == "win" else {"开始.sh": 0o755, "开始.desktop": 0o755}
    inside = {"使用说明.txt": 0o644, "wheelhouse/python.txt": 0o644, "wheelhouse/a-1-py3-none-any.whl": 0o644, **start}
    assert modes == {f"展会计划/{name}": mode for name, mode in inside.items()}


@pytest.mark.parametrize("number", ["3.9", "3", "drei", "2.7.18", "3.111"])
def test_a_version_that_is_none_is_a_problem(tmp_path: Path, number: str) -> None:
    done = CliRunner().invoke(build("zh"), ["wheelhouse", str(tmp_path), "--python", number])
    assert done.exit_code == 1
    assert number in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(find_spec("pip") is None, reason="asks pip, which is not installed here")
def test_what_pip_cannot_get_is_named_and_a_place_it_cannot_reach_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fairplanner.cli.wheels import get_wheels
    from fairplanner.errors import UserError

    (tmp_path / "index").mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    with pytest.raises(UserError) as caught:
        get_wheels(a_wheel("no-such-package==3"), Target("win", "3.11"), tmp_path)
    assert {p.what for p in caught.value.problems} == {"wheel-missing"}
    assert {p.file.partition("==")[0] for p in caught.value.problems} == {"pip", "no-such-package"}
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(UserError) as caught:
        get_wheels(a_wheel("no-such-package==3"), Target("win", "3.11"), tmp_path)
    assert [p.what for p in caught.value.problems] == ["pip-failed"]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="installs by the script of Linux")
def test_a_computer_without_network_installs_from_the_wheel_house_and_runs(tmp_path: Path) -> None:
    """Everything but the network: own wheel, pip and all wheels, installed by the start script into a folder with blanks."""
    done = CliRunner().invoke(build("zh"), ["wheelhouse", str(tmp_path / "out"), "--lang", "zh"])
    if "wheel-missing" in done.output or done.exit_code:
        pytest.skip(f"wheels of this platform cannot be had here: {done.stderr[:200]}")
    folder = tmp_path / "张三 (2)"
    (archive,) = (tmp_path / "out").glob(f"*{this_platform()}*.zip")
    with zipfile.ZipFile(archive) as made:
        made.extractall(folder)
    env = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "BROWSER": "true"}
    script = folder / "展会计划/开始.sh"
    ran = subprocess.run(["sh", str(script)], env=env, capture_output=True, stdin=subprocess.DEVNULL, check=False)  # noqa: S603, S607
    assert ran.returncode == 0, ran.stderr.decode()
    assert words("zh")("start.installing") in ran.stdout.decode()
    assert (script.parent / "结果/list.zh.html").is_file()
    assert (script.parent / ".venv").is_dir()
