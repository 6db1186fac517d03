#!/bin/sh
# Install the Debian packages of the given groups ("run", "test", "fuzz", "cross", "image") that are missing.
# Without root: print the one command that does it, and stop.
set -eu
here=$(dirname "$0")
missing=""
for group in "$@"; do
    for package in $(awk -v g="$group" '$1 == g { print $2 }' "$here/packages.txt"); do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed' || missing="$missing $package"
    done
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null; then
    echo "setup: this is not Debian; install the equivalents of:$missing" >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "setup: some Debian packages are missing. As root, type:" >&2
    echo "" >&2
    case $missing in *:arm64*) echo "    sudo dpkg --add-architecture arm64" >&2 ;; esac
    echo "    sudo apt-get update && sudo apt-get install --no-install-recommends$missing" >&2
    echo "" >&2
    echo "then run make again." >&2
    exit 1
fi
echo "setup: installing$missing"
export DEBIAN_FRONTEND=noninteractive
case $missing in *:arm64*) dpkg --add-architecture arm64 ;; esac
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >/dev/null
