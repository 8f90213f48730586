#!/bin/bash
# Holds what is computed from firewalld's files against what firewalld loads: firewalld.sh [RELEASE [COUNT [SEED]]], as root.
#
# A host of Debian RELEASE (12 or 13) is booted, firewalld is started with COUNT random configurations one after the other,
# and the program says after each what gets in now and what would get in after a boot. ASSAY is the program under test;
# DIRECTORY keeps configurations and answers. Exit status: 0 no layer says something else for certain · 1 one does.
set -u
umask 022

here=$(dirname "$(realpath "$0")")
# shellcheck source=../Hosts/host.sh
source "$here/../Hosts/host.sh"

if [[ ${1-} == --live ]]; then
    own_runtime && own_cgroup && mount_host "$ASSAY_HOSTS/mount" "$2" && network firewalld 1 firewalld-outside 2 || exit 64
    export SYSTEMD_NSPAWN_API_VFS_WRITABLE=network
    boot "$ASSAY_HOSTS/mount/root" --network-namespace-path=/run/netns/firewalld || exit 64
    put "$ASSAY" /usr/local/bin/assay && put "$here/firewalld-inside.sh" /usr/local/bin/configurations || exit 64
    inside 60 'mkdir /run/configurations' || exit 64
    tar -C "$3" -c . | nsenter --target "$leader" --mount -- tar -C /run/configurations -x
    inside 3600 /usr/local/bin/configurations || exit 64
    nsenter --target "$leader" --mount -- tar -C /run/configurations -c . | tar -C "$3" -x
    shut_down
    exit
fi

: "${ASSAY:=$here/../../.build/release/assay}"
: "${DIRECTORY:=$(mktemp -d)}"
release=${1-12} count=${2-40} seed=${3-$(date +%Y%m%d)}
ASSAY=$(realpath "$ASSAY")
[[ -x $ASSAY ]] || { echo "firewalld.sh: error: $ASSAY is not built" >&2; exit 64; }
echo "Debian $release, $count configurations, seed $seed, in $DIRECTORY"
python3 "$here/firewalld.py" generate "$DIRECTORY" --count "$count" --seed "$seed" --release "$release" || exit 64
lower=$(base_tree "$release" minbase "$base_packages") && lower=$(packages_layer "$lower" firewalld) || exit 64
mkdir -p "$ASSAY_HOSTS/mount"
HOSTS_CGROUP=$(cgroup_root)/assay-firewalld.$$
export ASSAY ASSAY_HOSTS HOSTS_CGROUP
mkdir "$HOSTS_CGROUP" || exit 64
status=0
(
    echo "$BASHPID" >"$HOSTS_CGROUP/cgroup.procs"
    apart host "$0" --live "$lower" "$DIRECTORY"
) >&2 || status=$?
find "$HOSTS_CGROUP" -depth -type d -exec rmdir {} + 2>/dev/null
[[ $status == 0 ]] || { echo "firewalld.sh: error: the host ended with status $status" >&2; exit 64; }
python3 "$here/firewalld.py" compare "$DIRECTORY"
