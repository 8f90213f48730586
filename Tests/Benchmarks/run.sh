#!/usr/bin/env bash
# Measures the release build on a Debian 12 server with 500 packages: run.sh [live]
#
# REPORTS is how many reports are verified; "live" is this running host instead of the tree.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
: "${ASSAY_HOSTS:=/var/cache/assay-hosts}" "${REPORTS:=1000}"

# Beside the cached trees, which are linked into it.
[ -w "$ASSAY_HOSTS" ] || ASSAY_HOSTS=${TMPDIR:-/tmp}
export ASSAY_HOSTS
scratch=$(mktemp -d "$ASSAY_HOSTS/benchmark.XXXXXXXX")
trap 'rm -rf "$scratch"' EXIT
strip -o "$scratch/assay" "$top/.build/release/assay"
root=()
if [ "${1-}" != live ]; then
    "$here/tree.sh" "$scratch/root" 500
    root=("$scratch/root")
fi
mkdir -m 0700 "$scratch/work"
"$top/.build/release/benchmarks" "$scratch/assay" "$scratch/work" "$REPORTS" "${root[@]}"
