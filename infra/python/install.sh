#!/usr/bin/env bash
# Installs the local stack's Python programs (MLflow, temporal, weed) once into AUTOSEED_CACHE and prints the folder.
#
# The folder is keyed by the lock's digest and the interpreter, filled beside its place, then renamed into it: a killed
# install leaves nothing that looks finished, and installs that run at once wait for one another. Progress goes to stderr.
# pip's configuration of the user (index, certificates, proxies) is handed on to uv, which does not read it itself.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
lock="$here/requirements.lock"
cache="${AUTOSEED_CACHE:?the folder to install into must be set}/python"

say() { echo "$*" >&2; }
fail() { say "autoseed: $*"; exit 1; }

for tool in flock sha256sum; do
  command -v "$tool" > /dev/null || fail "$tool is missing: install your system's util-linux and coreutils packages"
done

suits() { command -v "$1" > /dev/null && "$1" -c 'import sys; sys.exit(sys.version_info[:2] < (3, 10))' 2> /dev/null; }
python=""
for candidate in ${AUTOSEED_PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python3.10}; do
  if suits "$candidate"; then python="$candidate"; break; fi
done
[ -n "$python" ] || fail "Python 3.10 or newer was expected as ${AUTOSEED_PYTHON:-python3} and not found: install it, or set AUTOSEED_PYTHON to one"

# The interpreter itself, not a shim that chooses another one in another folder.
python="$("$python" -c 'import sys; print(sys.executable)')"
tag="$("$python" -c 'import sys; print("py%d%d" % sys.version_info[:2])')"
base="$("$python" -c 'import sys; print(sys.base_prefix)' | sha256sum | cut -c1-8)"
key="$(sha256sum "$lock" | cut -c1-16)-$tag-$base"
place="$cache/$key"

ready() { [ -e "$place/installed" ] && [ -x "$place/bin/python" ]; }
if ready; then echo "$place"; exit 0; fi

mkdir -p "$cache"
exec 9> "$cache/$key.lock"
if ! flock -n 9; then
  say "waiting for another installation of the Python environment"
  flock 9
fi
if ready; then echo "$place"; exit 0; fi
rm -rf "$place" "$cache/$key".new.*

started=$SECONDS
new="$cache/$key.new.$$"
log="$cache/$key.log"
trap 'rm -rf "$new"' EXIT
say "installing the Python environment (once; about 1 GB below $cache)"
mkdir -p "$new"
"$python" -m venv "$new/bootstrap" > "$log" 2>&1 ||
  fail "a Python virtual environment could not be made (Debian and Ubuntu: apt-get install python3-venv); see $log"

# uv itself comes from the same lock, by pip, with the same hashes.
awk '/^uv==/ { inside = 1 } inside { print } inside && !/\\$/ { exit }' "$lock" > "$new/uv.txt"
"$new/bootstrap/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
  -r "$new/uv.txt" >> "$log" 2>&1 < /dev/null 9>&- || { tail -n 5 "$log" >&2; fail "uv could not be installed by pip; see $log"; }

# Hand pip's settings on: what the environment says wins over the configuration files, as in pip.
setting() {
  "$new/bootstrap/bin/python" -m pip config list 2> /dev/null |
    awk -v key="$1" -F= '
      { name = $1; value = substr($0, length($1) + 2); gsub(/^\x27|\x27$/, "", value); gsub(/\\n/, " ", value) }
      name == ":env:." key { environment = value }
      name == "install." key { command = value }
      name == "global." key { global = value }
      END { print environment != "" ? environment : (command != "" ? command : global) }'
}
hand_on() { # variable of uv, setting of pip
  if [ -z "${!1:-}" ]; then
    local value
    value="$(setting "$2")"
    if [ -n "$value" ]; then export "$1=$value"; fi
  fi
}
[ -n "${UV_INDEX_URL:-}" ] || hand_on UV_DEFAULT_INDEX index-url
hand_on UV_EXTRA_INDEX_URL extra-index-url
hand_on UV_FIND_LINKS find-links
hand_on UV_INSECURE_HOST trusted-host
hand_on SSL_CERT_FILE cert
hand_on HTTPS_PROXY proxy
hand_on UV_HTTP_TIMEOUT default-timeout
if [ -n "${UV_FIND_LINKS:-}" ]; then export UV_FIND_LINKS="${UV_FIND_LINKS// /,}"; else unset UV_FIND_LINKS; fi
export UV_NO_CONFIG=1 UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1
uv="$new/bootstrap/bin/uv"

"$uv" venv --quiet --relocatable --python "$python" "$new/env" >> "$log" 2>&1 9>&- ||
  { tail -n 5 "$log" >&2; fail "uv could not make the environment; see $log"; }
VIRTUAL_ENV="$new/env" "$uv" pip install --quiet --require-hashes --no-deps -r "$lock" >> "$log" 2>&1 < /dev/null 9>&- ||
  { tail -n 5 "$log" >&2; fail "the Python packages could not be installed; see $log"; }
cp "$lock" "$new/env/requirements.lock"
echo "$key" > "$new/env/installed"
sync -f "$new/env" 2> /dev/null || true
mv -T "$new/env" "$place"
say "the Python environment is installed ($((SECONDS - started)) s)"
echo "$place"
