#!/bin/bash
# Debian trees and the layers above them, cached in $ASSAY_HOSTS. Sourced; needs root.
#
# A lower is what an overlay mount calls lowerdir: directories joined by colons, the topmost first.
# Everything is built under a temporary name and renamed, so a tree that is there is whole.

: "${ASSAY_HOSTS:=/var/cache/assay-hosts}"

# Packages of every base tree: what the head of the labelled states promises, and what their checks call.
# shellcheck disable=SC2034
base_packages=netbase,systemd,systemd-sysv,libpam-systemd,dbus,openssh-server,nftables,iproute2,procps,ca-certificates

# apt_mirror: the URI of the first Debian source of this machine.
apt_mirror() {
    sed -nE -e 's#^URIs:[[:space:]]*([^[:space:]]+).*#\1#p' \
        -e 's#^deb([[:space:]]+\[[^]]*\])?[[:space:]]+(https?://[^[:space:]]+).*#\2#p' \
        /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list /etc/apt/sources.list.d/* \
        2>/dev/null | sed 's#/$##' | grep -m 1 '/debian$'
}

# mirror_host [PREFIX]: the mirror's host name, or PREFIX before the domain it belongs to.
mirror_host() {
    local host
    host=$(apt_mirror | sed -E 's#^https?://([^/:]+).*#\1#')
    if [[ -z ${1-} ]]; then
        echo "$host"
    elif [[ $host == *.*.* ]]; then
        echo "$1.${host#*.}"
    else
        echo "$1.$host"
    fi
}

# codename RELEASE
codename() {
    case $1 in
        12) echo bookworm ;;
        13) echo trixie ;;
        *) echo "host: no Debian $1 here, only 12 and 13" >&2; return 1 ;;
    esac
}

# key TEXT...: a short name that changes with the recipe.
key() {
    printf '%s\0' "$@" | sha256sum | cut -c 1-16
}

# private COMMAND...: runs COMMAND as the first process of namespaces of its own; when it ends, or its
# parent dies, so do all processes and mounts it made.
private() {
    setpriv --pdeathsig KILL -- unshare --mount --pid --fork --kill-child --mount-proc \
        --propagation private -- "$@"
}

# base_tree RELEASE VARIANT PACKAGES: makes the tree once and prints its directory.
base_tree() {
    local name mirror directory building
    name=$(codename "$1") || return
    mirror=$(apt_mirror)
    directory=$ASSAY_HOSTS/$name-$(key "$mirror" "$2" "$3")
    (
        mkdir -p "$ASSAY_HOSTS"
        exec 8>"$directory.lock"
        flock 8
        [[ -d $directory ]] && exit
        echo "host: make a Debian $1 tree from $mirror" >&2
        building=$(mktemp -d "$ASSAY_HOSTS/building.XXXXXX")
        chmod 755 "$building"
        private debootstrap --variant="$2" --include="$3" "$name" "$building" "$mirror" \
            >"$directory.log" 2>&1 8>&- || { tail -n 5 "$directory.log" >&2; exit 1; }
        rm -f "$building"/var/cache/apt/archives/*.deb "$building/etc/resolv.conf"
        echo host >"$building/etc/hostname"
        touch "$building/etc/resolv.conf"
        mv "$building" "$directory"
    ) >&2 || return
    echo "$directory"
}

# layer LOWER SCRIPT [DAY]: runs SCRIPT with network on top of LOWER once, or once a day, and prints the lower with its result.
layer() {
    local directory building
    directory=$ASSAY_HOSTS/layers/${3-kept}/$(key "$1" "$2")
    (
        mkdir -p "$(dirname "$directory")"
        exec 8>"$directory.lock"
        flock 8
        touch "$directory.lock"
        [[ -d $directory ]] && exit
        building=$(mktemp -d "$ASSAY_HOSTS/building.XXXXXX")
        mkdir "$building/upper" "$building/work" "$building/root"
        privately build_layer "$building" "$1" "$2" >"$directory.log" 2>&1 8>&- ||
            { tail -n 5 "$directory.log" >&2; rm -rf "$building"; exit 1; }
        mv "$building/upper" "$directory"
        rm -rf "$building"
    ) >&2 || return
    echo "$directory:$1"
}

# build_layer DIRECTORY LOWER SCRIPT: DIRECTORY/upper gets what SCRIPT changes.
build_layer() {
    mount -t overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" host "$1/root" &&
        in_tree "$1/root" network 600 "$3"
}

# packages_layer LOWER PACKAGE...: the lower with these Debian packages installed, and nothing started.
packages_layer() {
    local lower=$1
    shift
    [[ $# -eq 0 ]] && { echo "$lower"; return; }
    layer "$lower" "
        printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d
        apt-get update -qq && apt-get install -y -qq --no-install-recommends $* && apt-get clean
        code=\$?; rm -f /usr/sbin/policy-rc.d; exit \$code"
}

# sweep: removes what killed builds left, the layers of past days, and those that nobody asked for in a week.
sweep() {
    local lock
    mkdir -p "$ASSAY_HOSTS/layers"
    find "$ASSAY_HOSTS" -maxdepth 1 -name 'building.*' -mmin +60 -exec rm -rf {} +
    find "$ASSAY_HOSTS/layers" -mindepth 1 -maxdepth 1 -name '20*' -mtime +1 -exec rm -rf {} +
    find "$ASSAY_HOSTS/layers" -name '*.lock' -mtime +7 -print | while read -r lock; do
        rm -rf "${lock%.lock}" "$lock" "${lock%.lock}.log"
    done
}
