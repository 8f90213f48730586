#!/bin/bash
# Starts the program on the smallest Debian trees there are: debootstrap's minbase and the one library it needs.
#
# ASSAY is the program under test (default: .build/release/assay). Exit status 1: it did not start, or judged nothing.
set -u
umask 022

here=$(dirname "$(realpath "$0")")
# shellcheck source=host.sh
source "$here/host.sh"
: "${ASSAY:=$here/../../.build/release/assay}"

# start_on LOWER: copies the program into a fresh host of that tree and has it scan the tree.
start_on() {
    mount_host "$ASSAY_HOSTS/mount" "$1" && install -m 755 "$ASSAY" "$ASSAY_HOSTS/mount/root/usr/local/bin/assay" || return
    in_tree "$ASSAY_HOSTS/mount/root" alone 120 '
        assay --version || exit
        assay scan --root / --state-dir /tmp/state --format json >/tmp/report
        case $? in 0 | 1 | 4) ;; *) exit 1 ;; esac
        grep -q payload /tmp/report'
}

if [[ ${1-} == --inside ]]; then
    start_on "$2"
    exit
fi

mkdir -p "$ASSAY_HOSTS/mount"
status=0
while read -r release library; do
    tree=$(base_tree "$release" minbase "$library") || exit 1
    if private "$0" --inside "$tree"; then
        echo "it starts on a minimal Debian $release"
    else
        echo "minimal.sh: error: it does not start on a minimal Debian $release" >&2
        status=1
    fi
done <<'TREES'
12 libssl3
13 libssl3t64
TREES
exit $status
