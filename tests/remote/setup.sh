#!/bin/bash
# Installs the emulator of OpenSearch that the tests of remote archives run against, from PyPI into tests/remote/.tools, which git
# ignores. The tests call it themselves; if it is there in its pinned version, nothing is done.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

OSMEM=0.1.6

[ "$(cat .tools/.version 2>/dev/null)" != $OSMEM ] || exit 0
fresh=$(mktemp -d "$PWD/.tools-XXXXXX")
trap 'rm -rf "$fresh"' EXIT
PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore python3 -m pip install -q --no-deps --target "$fresh" "osmem-server==$OSMEM"
echo $OSMEM >"$fresh/.version"
# Somebody else may have been faster.
[ "$(cat .tools/.version 2>/dev/null)" != $OSMEM ] || exit 0
rm -rf .tools
mv "$fresh" .tools
