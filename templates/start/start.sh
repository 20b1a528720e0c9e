#!/bin/sh
# @ABOUT@
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
cd -- "$here" || exit 1

stay() { # keeps a window open that would close with the program
    if [ -t 0 ] && [ -t 1 ]; then
        printf '\n%s' "@PRESS@"
        read -r _
    fi
}

fail() { # whoever has no window is shown the instructions
    printf '%s\n' "$1"
    if [ ! -t 1 ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v xdg-open >/dev/null 2>&1; then
        xdg-open "$here/@README@" >/dev/null 2>&1
    fi
    stay
    exit 1
}

works() {
    [ -x "$1" ] && "$1" -P -m fairplanner --version >/dev/null 2>&1
}

install() { # from the wheel house in folder $1
    wanted=$(cat "$1/wheelhouse/python.txt")
    for python in "$1/python/bin/python3" "python$wanted" python3 python; do
        command -v "$python" >/dev/null 2>&1 || continue
        "$python" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$wanted')" >/dev/null 2>&1 || continue
        printf '%s\n' "@INSTALLING@"
        "$python" -m venv --clear --without-pip "$1/.venv" || return 1
        for pip in "$1"/wheelhouse/pip-*.whl; do
            "$1/.venv/bin/python" "$pip/pip" install --isolated --no-index --find-links "$1/wheelhouse" \
                --no-cache-dir --disable-pip-version-check --quiet fairplanner || return 1
        done
        return 0
    done
    fail "@NO_PYTHON@ $wanted"
}

# what was installed here, or in the folder above, so that several programmes share it
above=$(dirname -- "$here")
for home in "$here" "$above"; do
    if works "$home/.venv/bin/python"; then
        "$home/.venv/bin/python" -P -m fairplanner go . --new --lang @LANG@
        code=$?
        stay
        exit $code
    fi
done
for home in "$here" "$above"; do
    if [ -f "$home/wheelhouse/python.txt" ]; then
        install "$home" && works "$home/.venv/bin/python" || fail "@FAILED@"
        "$home/.venv/bin/python" -P -m fairplanner go . --new --lang @LANG@
        code=$?
        stay
        exit $code
    fi
done
command -v fairplanner >/dev/null 2>&1 || fail "@MISSING@"
fairplanner go . --new --lang @LANG@
code=$?
stay
exit $code
