#!/bin/sh
# Install these Debian packages where this runs as root with apt-get; else say in one line what to install.
set -eu
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "not installed, and this is not root on Debian: $*" >&2
    exit 1
fi
echo "installing Debian packages: $*"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq </dev/null
apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
