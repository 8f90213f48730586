#!/bin/bash
# Two booted hosts: what `assay firewall explain` predicts of the first one's rules is tried from the second by real
# connections; explaining loads no module and makes no table. Needs root and python3. Exit status 1: a prediction was wrong.
set -u
umask 022

here=$(dirname "$(realpath "$0")")
# shellcheck source=host.sh
source "$here/host.sh"
: "${ASSAY:=$here/../../.build/release/assay}"

rules='
table inet filter {
  set admins { type ipv4_addr; flags interval; elements = { 192.0.2.64/26 } }
  chain services { tcp dport != 7500 return; accept; }
  chain early { type filter hook input priority -10; policy accept; tcp dport 9400 drop; }
  chain marks { type filter hook prerouting priority mangle; tcp dport 9300 meta mark set 7; }
  chain nat { type nat hook prerouting priority dstnat; tcp dport 8080 redirect to :22; }
  chain input { type filter hook input priority filter; policy drop;
    ct state established,related accept
    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
    tcp dport { 22, 9400 } accept
    ip saddr @admins tcp dport 5432 accept
    ip6 saddr 2001:db8::66 tcp dport { 5432, 6000-6010 } accept
    tcp dport 7000-7999 jump services
    tcp sport 5353 tcp dport 9000 accept
    iifname "eth1" tcp dport 9100 accept
    tcp dport vmap { 9200 : accept, 9201 : drop }
    meta mark 7 accept
    ip daddr 192.0.2.10 tcp dport 9500 accept
  }
}'

# FROM TO PORT SOURCE-PORT; source port 0: any.
attempts='
192.0.2.2    192.0.2.1    22 0
192.0.2.2    192.0.2.1    23 0
2001:db8::2  2001:db8::1  22 0
2001:db8::2  2001:db8::1  23 0
192.0.2.2    192.0.2.1    5432 0
192.0.2.66   192.0.2.1    5432 0
2001:db8::2  2001:db8::1  5432 0
2001:db8::66 2001:db8::1  5432 0
192.0.2.66   192.0.2.1    6005 0
2001:db8::66 2001:db8::1  6005 0
2001:db8::66 2001:db8::1  6011 0
192.0.2.2    192.0.2.1    7500 0
192.0.2.2    192.0.2.1    7501 0
2001:db8::2  2001:db8::1  7500 0
192.0.2.2    192.0.2.1    8080 0
2001:db8::66 2001:db8::1  8080 0
192.0.2.2    192.0.2.1    9000 5353
192.0.2.2    192.0.2.1    9000 5354
192.0.2.2    192.0.2.1    9100 0
192.0.2.2    192.0.2.1    9200 0
192.0.2.2    192.0.2.1    9201 0
2001:db8::2  2001:db8::1  9300 0
192.0.2.2    192.0.2.1    9300 0
192.0.2.2    192.0.2.1    9400 0
192.0.2.2    192.0.2.1    9500 0
192.0.2.2    192.0.2.10   9500 0
192.0.2.2    192.0.2.10   5432 0'

# met FROM TO PORT SOURCE-PORT: what happens to a connection out of the second host's network.
met() {
    ip netns exec two python3 - "$@" <<'PYTHON'
import socket, sys

source, target, port, source_port = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with socket.socket(socket.AF_INET6 if ":" in target else socket.AF_INET) as connection:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    connection.settimeout(0.5)
    connection.bind((source, source_port))
    try:
        connection.connect((target, port))
        print("open")
    except OSError:
        print("closed")
PYTHON
}

# predicted FROM TO PORT SOURCE-PORT: what Assay says of that connection's first packet.
predicted() {
    local question="tcp $3 from $1 to $2 on eth0" answer
    [[ $4 == 0 ]] || question+=" sport $4"
    answer=$(inside 30 'assay firewall explain "$1"' "$question" | head -n 1)
    case $answer in
        'now: gets in') echo open ;;
        'now: does not get in' | 'now: does not arrive') echo closed ;;
        *) echo "not known ($answer)" ;;
    esac
}

# what_is_loaded: modules, and tables of iptables-legacy.
what_is_loaded() {
    inside 10 'cut -d " " -f 1 /proc/modules; cat /proc/net/ip_tables_names /proc/net/ip6_tables_names' 2>/dev/null | sort
}

# listen: something answers on every port that is tried.
listen() {
    inside 20 '
        {
            printf "[Socket]\nAccept=yes\n"
            for port in $1; do printf "ListenStream=%s\n" "$port"; done
        } >/run/systemd/system/tried.socket
        printf "[Service]\nStandardInput=socket\nExecStart=/bin/true\n" >/run/systemd/system/tried@.service
        systemctl daemon-reload && systemctl start tried.socket' \
        "$(awk '$3 != 22 && $3 != 8080 { print $3 }' <<<"$attempts" | sort -u | tr '\n' ' ')"
}

# two_hosts LOWER: boots them and tries each connection.
two_hosts() {
    local place=$ASSAY_HOSTS/mount first second other status=0 count=0 before from to port source said was
    own_runtime && own_cgroup && network one 1 two 2 || return
    ip -n one address add 192.0.2.10/24 dev eth0 && ip -n two address add 192.0.2.66/24 dev eth0 &&
        ip -n two address add 2001:db8::66/64 dev eth0 nodad || return
    mount -t tmpfs places "$place" || return
    mount_host "$place/one" "$1" && mount_host "$place/two" "$1" || return
    boot "$place/one/root" --network-namespace-path=/run/netns/one || return
    first=$leader other=$supervisor
    boot "$place/two/root" --network-namespace-path=/run/netns/two || return
    second=$leader leader=$first
    put "$ASSAY" /usr/local/bin/assay && listen || return
    inside 10 'nft -f - <<<"$1"' "$rules" || return
    before=$(what_is_loaded)
    while read -r from to port source; do
        [[ -n $from ]] || continue
        said=$(predicted "$from" "$to" "$port" "$source") was=$(met "$from" "$to" "$port" "$source")
        count=$((count + 1))
        [[ $said == "$was" ]] && continue
        echo "flows.sh: error: port $port of $to from $from is $was, and was said to be $said" >&2
        status=1
    done <<<"$attempts"
    echo "$count connections were tried"
    if [[ $(what_is_loaded) != "$before" ]]; then
        echo "flows.sh: error: explaining changed what is loaded" >&2
        status=1
    fi
    shut_down
    leader=$second supervisor=$other shut_down
    return "$status"
}

if [[ ${1-} == --inside ]]; then
    two_hosts "$2"
    exit
fi

mkdir -p "$ASSAY_HOSTS/mount"
tree=$(base_tree 12 minbase "$base_packages") || exit 1
apart "flows.$$" "$0" --inside "$tree"
