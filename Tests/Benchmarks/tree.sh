#!/usr/bin/env bash
# A Debian 12 server with as many packages as asked for: tree.sh DIRECTORY PACKAGES
#
# What a cached tree has is linked, not copied, and never written to; where there is none, a small
# host is made. Packages that are missing are made up: a stanza and a list of 40 files each.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$1 wanted=$2
: "${ASSAY_HOSTS:=/var/cache/assay-hosts}"

cached=
for tree in "$ASSAY_HOSTS"/bookworm-*/; do
    [ -f "$tree/var/lib/dpkg/status" ] && cached=$tree
done
if [ -n "$cached" ]; then
    cp -al "$cached" "$root"
else
    sh "$here/../TranscriptTests/host.sh" "$root"
    mkdir -p "$root/var/lib/dpkg/info"
    : >"$root/var/lib/dpkg/status"
fi

dpkg=$root/var/lib/dpkg
cp "$dpkg/status" "$dpkg/status.new"
there=$(grep -c '^Package:' "$dpkg/status.new" || true)
for ((number = there; number < wanted; number++)); do
    name=assay-benchmark-$number
    cat >>"$dpkg/status.new" <<END
Package: $name
Status: install ok installed
Priority: optional
Section: misc
Installed-Size: 100
Maintainer: Nobody <nobody@example.org>
Architecture: amd64
Version: 1.0-$number
Depends: libc6 (>= 2.36), libssl3 (>= 3.0.0)
Description: a package that only benchmarks have
 Its long description is as long as one usually is, so that a reader of the whole file has
 something to read past.

END
    { echo /.; seq -f "/usr/share/$name/file-%g" 40; } >"$dpkg/info/$name.list"
done
mv "$dpkg/status.new" "$dpkg/status"
mkdir -p "$root/etc/assay"
rm -f "$root/etc/assay/site.yaml"
printf 'schema: 1\nrole: server\nenvironment: production\n' >"$root/etc/assay/site.yaml"
