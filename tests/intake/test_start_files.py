"""The double-click start: bytes that every console reads, and scripts that find, install or say what is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fairplanner.intake import RUNNABLE, start_files
from fairplanner.words import languages, words

LANGS = pytest.mark.parametrize("lang", languages())
SPECIAL = b'|^&<>%!"\\()'
"""What a batch file must not meet in the second half of a Chinese character, whatever code page reads it."""


def file(lang: str, ending: str) -> tuple[str, bytes]:
    return next((name, content) for name, content in start_files(words(lang)).items() if name.endswith(ending))


@LANGS
def test_the_script_of_windows_is_for_a_console_of_its_language(lang: str) -> None:
    content = file(lang, ".bat")[1]
    text = content.decode("gbk" if lang == "zh" else "ascii")
    assert "\n" not in text.replace("\r\n", "")
    assert text.startswith("@echo off\r\n")
    assert "chcp" not in text
    halves = [pair[1] for ch in text if len(pair := ch.encode("gbk")) == 2]
    assert bool(halves) == (lang == "zh")
    assert not set(halves) & set(SPECIAL)
    assert text.rstrip().splitlines()[-3:] == ["pause", "popd", "exit /b %CODE%"]


@LANGS
def test_the_script_of_windows_goes_only_where_there_is_something(lang: str) -> None:
    lines = file(lang, ".bat")[1].decode("gbk").splitlines()
    labels = [line[1:] for line in lines if line.startswith(":")]
    assert len(labels) == len(set(labels))
    assert set(re.findall(r"goto (\w+)", "\n".join(lines))) == set(labels)
    # no block in parentheses: a folder called "x (2)" would close it
    assert not [line for line in lines if line.rstrip().endswith("(")]
    assert not [line for line in lines if re.search(r'(?<!")%~dp0|%~dp0(?!")', line)]
    go = [line for line in lines if " go . " in line]
    assert len(go) == 2
    assert all(line.endswith(f"--new --lang {lang}") for line in go)


@LANGS
def test_nothing_of_the_templates_is_left_open_and_names_agree(lang: str) -> None:
    files = start_files(words(lang))
    assert len(files) == 4
    for name, content in files.items():
        text = content.decode("gbk" if name.endswith(".bat") else "utf-8-sig")
        assert not re.search(r"@[A-Z_]+@", text), name
        assert "://" not in text
    readme = words(lang)("start.readme")
    assert readme in file(lang, ".bat")[1].decode("gbk")
    assert readme in file(lang, ".sh")[1].decode()
    assert file(lang, ".txt")[1].startswith(b"\xef\xbb\xbf")
    assert [name for name in files if not name.endswith((*RUNNABLE, ".bat", ".txt"))] == []


def exec_of(content: bytes) -> list[str]:
    """The command line of a desktop entry, taken apart as its standard says: escapes of the value, then those of quoted arguments."""
    value = re.search(r"^Exec=(.*)$", content.decode(), re.MULTILINE)[1]  # type: ignore[index]
    value = value.replace("\\\\", "\\")
    words_ = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', value)
    return [re.sub(r'\\(["`$\\])', r"\1", quoted) if quoted else plain for quoted, plain in words_]


def run(script: Path, *, path: str = "", command: list[str] | None = None) -> subprocess.CompletedProcess[str]:
    """As a double-click does without a terminal, with the few programs that every system has, and those at `path`."""
    tools = script.parent / ".tools"
    tools.mkdir(exist_ok=True)
    for name in ("sh", "dirname", "cat"):
        if not (tools / name).exists():
            (tools / name).symlink_to(shutil.which(name) or name)
    env = {"PATH": f"{path}:{tools}" if path else str(tools), "HOME": str(script.parent), "LANG": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 - our own script
        command or ["sh", str(script)], env=env, cwd="/", capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def fake(path: Path, says: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'#!/bin/sh\ncase "$*" in *--version*) exit 0;; esac\nprintf "{says}:%s:%s" "$PWD" "$*"\n', encoding="utf-8"
    )
    path.chmod(0o755)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A programme's folder with Chinese, blanks, quotes and brackets in its path."""
    made = tmp_path / "张三 的 'x' (2)" / "2027 计划"
    made.mkdir(parents=True)
    for name, content in start_files(words("zh")).items():
        (made / name).write_bytes(content)
    return made


POSIX = pytest.mark.skipif(os.name != "posix", reason="runs a script of Linux")


@POSIX
def test_without_anything_the_script_says_what_to_do(folder: Path) -> None:
    done = run(folder / "开始.sh")
    assert (done.returncode, done.stdout.strip()) == (1, words("zh")("start.missing"))
    assert done.stderr == ""


@POSIX
@pytest.mark.parametrize("above", [False, True])
def test_what_is_installed_beside_or_above_is_run_in_the_folder(folder: Path, above: bool) -> None:
    fake((folder.parent if above else folder) / ".venv/bin/python", "own")
    assert run(folder / "开始.sh").stdout == f"own:{folder}:-P -m fairplanner go . --new --lang zh"


@POSIX
def test_what_the_system_has_is_run_where_nothing_lies_beside(folder: Path, tmp_path: Path) -> None:
    fake(tmp_path / "bin/fairplanner", "system")
    assert run(folder / "开始.sh", path=f"{tmp_path}/bin").stdout == f"system:{folder}:go . --new --lang zh"


@POSIX
def test_another_python_than_the_wheels_are_for_is_asked_for_by_its_number(folder: Path) -> None:
    (folder / "wheelhouse").mkdir()
    (folder / "wheelhouse/python.txt").write_text("3.99\n", encoding="utf-8")
    done = run(folder / "开始.sh")
    assert (done.returncode, done.stdout.strip()) == (1, f"{words('zh')('start.no-python')} 3.99")


@POSIX
def test_an_installation_that_fails_is_told_and_tried_again_the_next_time(folder: Path) -> None:
    (folder / "wheelhouse").mkdir()
    number = f"{sys.version_info[0]}.{sys.version_info[1]}"
    (folder / "wheelhouse/python.txt").write_text(number, encoding="utf-8")
    path = str(Path(sys.executable).parent)
    for _ in range(2):
        done = run(folder / "开始.sh", path=path)
        assert done.returncode == 1
        assert done.stdout.splitlines() == [words("zh")("start.installing"), words("zh")("start.failed")]


@POSIX
def test_the_desktop_entry_runs_the_script_that_lies_beside_it(folder: Path) -> None:
    fake(folder / ".venv/bin/python", "own")
    entry = folder / "开始.desktop"
    command = [str(entry) if word == "%k" else word for word in exec_of(entry.read_bytes())]
    assert command[:2] == ["sh", "-c"]
    assert run(entry, command=command).stdout.startswith(f"own:{folder}:")


@POSIX
def test_the_desktop_entry_finds_its_folder_where_only_that_is_told_and_without_quotes(folder: Path) -> None:
    # as pcmanfm does with %k; blanks divide the path into several words
    fake(folder / ".venv/bin/python", "own")
    told = exec_of((folder / "开始.desktop").read_bytes())
    command = [*told[: told.index("%k")], *str(folder).split(" ")]
    assert run(folder / "开始.desktop", command=command).stdout.startswith(f"own:{folder}:")


@POSIX
def test_the_desktop_entry_may_be_run_as_a_program(folder: Path) -> None:
    # the button that pcmanfm offers first: Execute in Terminal
    fake(folder / ".venv/bin/python", "own")
    entry = folder / "开始.desktop"
    entry.chmod(0o755)
    first = entry.read_bytes().splitlines()[0]
    assert len(first) < 127
    (folder / ".tools").mkdir()
    (folder / ".tools/env").symlink_to(shutil.which("env") or "env")
    assert run(entry, command=[str(entry)]).stdout.startswith(f"own:{folder}:")


@POSIX
def test_the_script_is_one_that_every_shell_reads(folder: Path) -> None:
    for shell in filter(None, map(shutil.which, ("sh", "dash", "bash"))):
        assert subprocess.run([shell, "-n", str(folder / "开始.sh")], check=False).returncode == 0  # noqa: S603 - reads, runs nothing
