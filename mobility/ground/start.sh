# What ./run and ./test have in common: find a Python that can make .venv, and hand over to mobility.ground.
# Nothing here may write to standard output.

can_make_venv() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$python" >/dev/null 2>&1 && can_make_venv "$python"; then return 0; fi
    done
    return 1
}

install_python() {
    [ "$(id -u)" -eq 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null 2>&1 || return 1
    echo "Installing Python (apt-get install python3-venv)…" >&2
    export DEBIAN_FRONTEND=noninteractive
    said=$(apt-get update -qq </dev/null 2>&1 &&
        apt-get install -qq -y --no-install-recommends python3-venv </dev/null 2>&1) || echo "$said" >&2
}

if ! find_python && ! { install_python && find_python; }; then
    echo "Python 3.11 or newer with its venv module is needed and was not found." >&2
    echo "On Debian or Ubuntu: apt-get install python3-venv. Elsewhere: install Python from python.org." >&2
    exit 1
fi
PYTHONPATH="$root" exec "$python" -m mobility.ground "$@"
