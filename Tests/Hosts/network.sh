#!/bin/bash
# A network of two booted hosts, in namespaces of its own: proves that they reach each other, and that a closed port is
# closed from outside. Needs root. Exit status 1: something was not as it should be.
set -u
umask 022

here=$(dirname "$(realpath "$0")")
# shellcheck source=host.sh
source "$here/host.sh"

# expect open|closed ADDRESS PORT: what the host whose leader is $leader meets there.
expect() {
    local met=closed
    # The positional parameters are expanded in the host.
    # shellcheck disable=SC2016
    inside 10 'timeout 2 bash -c "exec 3<>/dev/tcp/$1/$2 && read -r -t 1 banner <&3 && [[ \$banner == SSH-* ]]"' \
        "$2" "$3" 2>/dev/null && met=open
    if [[ $met == "$1" ]]; then
        echo "port $3 of $2 is $met"
    else
        echo "network.sh: error: port $3 of $2 is $met, not $1" >&2
        status=1
    fi
}

# two_hosts LOWER: boots them and tries what they see of each other.
two_hosts() {
    local first second other status=0 place=$ASSAY_HOSTS/mount
    own_runtime && own_cgroup && network one 1 two 2 || return
    mount -t tmpfs places "$place" || return
    mount_host "$place/one" "$1" && mount_host "$place/two" "$1" || return
    boot "$place/one/root" --network-namespace-path=/run/netns/one || return
    first=$leader other=$supervisor
    boot "$place/two/root" --network-namespace-path=/run/netns/two || return
    second=$leader
    expect open 192.0.2.1 22
    expect open 2001:db8::1 22
    expect closed 192.0.2.1 23
    leader=$first expect open 192.0.2.2 22
    leader=$first inside 10 'nft add table inet t; nft add chain inet t input "{ type filter hook input priority 0; policy drop; }"'
    expect closed 192.0.2.1 22
    expect closed 2001:db8::1 22
    leader=$second shut_down
    leader=$first supervisor=$other shut_down
    return "$status"
}

if [[ ${1-} == --inside ]]; then
    two_hosts "$2"
    exit
fi

mkdir -p "$ASSAY_HOSTS/mount"
for release in 12 13; do
    tree=$(base_tree "$release" minbase "$base_packages") || exit 1
    echo "two hosts with Debian $release"
    apart "network.$$" "$0" --inside "$tree" || exit 1
done
