#!/bin/bash
# One host: a tree under an overlay mount, commands in it, a boot of it. Sourced; needs root.

hosts_code=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
# shellcheck source=tree.sh
source "$hosts_code/tree.sh"

# What a command in a host finds in its environment, and nothing else.
clean_environment=(
    env -i --default-signal PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
)

# privately FUNCTION ARGUMENT...: runs one of these functions as the first process of its own namespaces.
privately() {
    # shellcheck disable=SC2016
    private bash -c 'source "$0" && "$@"' "$hosts_code/host.sh" "$@"
}

# mount_host DIRECTORY LOWER: a fresh host in DIRECTORY/root. What it writes lives in memory and dies with the namespace.
mount_host() {
    mkdir -p "$1" && mount -t tmpfs -o mode=755 host "$1" &&
        mkdir "$1/upper" "$1/work" "$1/root" && mkdir -m 1777 "$1/scratch" &&
        mount -t overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" host "$1/root"
}

# in_tree ROOT network|alone SECONDS SCRIPT: runs bash as root in a chroot; its mounts and processes end with it.
in_tree() {
    local apart=()
    [[ $2 == alone ]] && apart=(unshare --net --)
    privately with_devices "$1" "$2" "${apart[@]}" timeout --kill-after 5 "$3" \
        chroot "$1" "${clean_environment[@]}" bash -c "$4" </dev/null
}

# with_devices ROOT network|alone COMMAND...: runs COMMAND while ROOT has /proc, /sys, /dev and, with network, a resolver.
with_devices() {
    local root=$1 reach=$2 device
    shift 2
    mount -t proc proc "$root/proc" && mount -t sysfs -o ro sysfs "$root/sys" &&
        mount -t tmpfs -o mode=755 dev "$root/dev" && mkdir "$root/dev/pts" "$root/dev/shm" &&
        mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts" &&
        mount -t tmpfs shm "$root/dev/shm" || return
    for device in null zero full random urandom tty; do
        cp -a "/dev/$device" "$root/dev/"
    done
    ln -s pts/ptmx "$root/dev/ptmx"
    ln -s /proc/self/fd "$root/dev/fd"
    ln -s fd/0 "$root/dev/stdin"
    ln -s fd/1 "$root/dev/stdout"
    ln -s fd/2 "$root/dev/stderr"
    if [[ $reach == network && -f $root/etc/resolv.conf && ! -L $root/etc/resolv.conf ]]; then
        mount --bind /etc/resolv.conf "$root/etc/resolv.conf" || return
    fi
    "$@"
}

# cgroup_root: the directory of the version 2 control groups.
cgroup_root() {
    findmnt --noheadings --first-only --types cgroup2 --output TARGET
}

# apart NAME COMMAND...: like `private`, in a control group of its own below $HOSTS_CGROUP, which is gone afterwards.
apart() {
    local above=${HOSTS_CGROUP:-$(cgroup_root)} status=0
    local group=$above/$1
    shift
    mkdir "$group" && echo "$BASHPID" >"$group/cgroup.procs" || return
    private unshare --cgroup -- "$@" || status=$?
    echo "$BASHPID" >"$above/cgroup.procs"
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null
    return "$status"
}

# own_cgroup: this namespace sees its own control group as the root of a version 2 hierarchy, as a booted machine does.
own_cgroup() {
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
}

# own_runtime: what programs leave under /run and in shared memory stays in this namespace.
own_runtime() {
    local resolver names
    resolver=$(realpath /etc/resolv.conf) names=$(cat /etc/resolv.conf)
    mount -t tmpfs -o mode=1777 shm /dev/shm && mount -t tmpfs -o mode=755 run /run && mkdir -p /run/netns "$(dirname "$resolver")" || return
    # Where the resolver's file lives under /run, apt still needs it.
    [[ -e $resolver ]] || printf '%s\n' "$names" >"$resolver"
}

# network NAME NUMBER PEER PEER_NUMBER: namespaces NAME and PEER whose interfaces eth0 are one cable; the numbers are
# the last part of their addresses.
network() {
    local name
    for name in "$1" "$3"; do
        ip netns add "$name" && ip -n "$name" link set lo up || return
    done
    ip -n "$1" link add eth0 type veth peer name eth0 netns "$3" && address "$1" "$2" && address "$3" "$4"
}

# address NAME NUMBER: eth0 of a network namespace gets its addresses and is up.
address() {
    ip -n "$1" address add "192.0.2.$2/24" dev eth0 &&
        ip -n "$1" address add "2001:db8::$2/64" dev eth0 nodad && ip -n "$1" link set eth0 up
}

# boot ROOT [--network-namespace-path=PATH]: boots the tree; `supervisor` and `leader` name the processes afterwards.
boot() {
    local root=$1 network=${2---private-network} deadline=$((SECONDS + 60)) state group
    group=$(mktemp --directory /sys/fs/cgroup/host.XXXXXX) || return
    (
        echo "$BASHPID" >"$group/cgroup.procs"
        exec systemd-nspawn --quiet --boot --register=no --keep-unit --console=pipe --machine=host \
            --link-journal=no --resolv-conf=off --timezone=off --capability=CAP_NET_ADMIN \
            "$network" --directory="$root"
    ) </dev/null >"$root.console" 2>&1 &
    supervisor=$!
    while ((SECONDS < deadline)); do
        kill -0 "$supervisor" 2>/dev/null || break
        leader=$(pgrep --parent "$supervisor" | head -n 1)
        if [[ -n $leader ]]; then
            state=$(inside 60 'systemctl is-system-running --wait' 2>/dev/null)
            [[ $state == running || $state == degraded ]] && { calm; return 0; }
        fi
        sleep 0.05
    done
    echo "host: it did not boot within 60 seconds" >&2
    tail -n 5 "$root.console" >&2
    return 1
}

# busy: microseconds of processor time that the booted host has used.
busy() {
    local group
    group=/sys/fs/cgroup$(sed -n 's/^0:://p' "/proc/$leader/cgroup")
    sed -n 's/^usage_usec //p' "${group%/init.scope}/cpu.stat"
}

# calm: waits until what a service does after it said that it had started is done, ten seconds at most.
calm() {
    local before after deadline=$((SECONDS + 10))
    before=$(busy)
    while ((SECONDS < deadline)); do
        sleep 0.2
        after=$(busy)
        ((after - before < 10000)) && return
        before=$after
    done
}

# inside SECONDS SCRIPT [ARGUMENT...]: runs bash as root in the booted host.
inside() {
    local seconds=$1 script=$2
    shift 2
    timeout --kill-after 5 "$seconds" nsenter --target "$leader" --all -- \
        "${clean_environment[@]}" bash -c "$script" host "$@" </dev/null
}

# put FILE PATH: copies FILE to PATH in the booted host.
put() {
    nsenter --target "$leader" --mount -- sh -c 'cat >"$1" && chmod 755 "$1"' - "$2" <"$1"
}

# shut_down: stops the booted host, by force where it does not within half a minute.
shut_down() {
    inside 10 'systemctl poweroff' >/dev/null 2>&1
    timeout 30 tail --pid="$supervisor" -f /dev/null || kill -KILL "$leader" "$supervisor"
    wait "$supervisor" 2>/dev/null
    return 0
}
