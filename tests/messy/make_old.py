"""Writes the XLS books beside this file by a spreadsheet program: `python -m tests.messy.make_old`, to be run by hand only."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.messy.firm_sheets import FORMULAS, HIDDEN, NOT_FOUND, SUMMARY
from tests.messy.hand_sheets import LISTS, MATRIX

OLD = Path(__file__).with_name("old")
"""Name of the sheet it was made from, .xls."""
MADE = (SUMMARY, HIDDEN, FORMULAS, NOT_FOUND, MATRIX, LISTS)


def main() -> None:
    """Write all of them anew."""
    soffice = shutil.which("soffice") or sys.exit("no soffice")
    OLD.mkdir(exist_ok=True)
    for sheet in MADE:
        with TemporaryDirectory() as place:
            folder = Path(place)
            made = sheet.make(folder)
            path = made if isinstance(made, Path) else next(iter(folder.glob("*.xlsx")))
            own = path.rename(folder / f"{sheet.name}.xlsx")
            command = [soffice, f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", "xls"]
            subprocess.run([*command, "--outdir", str(OLD), str(own)], check=True, capture_output=True)  # noqa: S603


if __name__ == "__main__":
    main()
