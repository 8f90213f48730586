#!/bin/bash
# What modular.sh runs in the booted host: makes states of the packet filter, scans, and says whether anything was loaded.
set -u

# It unloads modules: never on a machine that somebody uses.
[[ $(systemd-detect-virt --vm) == @(qemu|kvm) && -e /etc/systemd/system/modular.service ]] || exit 64
# The next boot shall not be one with an examiner, whose commands nobody can follow.
rm -f /etc/systemd/system/modular.service /etc/systemd/system/multi-user.target.wants/modular.service
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8
cd /run || exit 64
wrong=0
enabled=/etc/systemd/system/sysinit.target.wants/nftables.service

# says SENTENCE · does_not SENTENCE: what holds, and what does not.
says() { printf '  %4d s  %s\n' "$SECONDS" "$*"; }
does_not() {
    printf '  %4d s  wrong: %s\n' "$SECONDS" "$*"
    wrong=$((wrong + 1))
}

# modules: the names of those that are loaded. loaded: what reading must not change.
modules() { cut -d ' ' -f 1 /proc/modules | sort; }
loaded() {
    local file
    modules
    for file in /proc/net/ip_tables_names /proc/net/ip6_tables_names; do
        [[ -e $file ]] && sed "s|^|$file: |" "$file" | sort
    done
}

# is_replayed yes|no: the last scan says that it replayed what the next boot loads, or why not.
is_replayed() {
    if [[ $1 == no ]] && ! grep -q -x ' *notReplayed' said; then
        does_not 'a replay that was not made is not told'
    elif [[ $1 == yes ]] && grep -q -x ' *notReplayed' said; then
        does_not 'a replay was not made'
    fi
}

# ready MODULE…: loads them, where this kernel has them as modules.
ready() {
    local name
    for name; do modprobe -q "$name" || true; done
}

# clear: takes rules away, and every module that was not there at first; it loads nothing itself.
clear() {
    local name left
    rm -f /etc/nftables.conf /etc/modprobe.d/tried.conf "$enabled"
    [[ -d /sys/module/nf_tables ]] && nft flush ruleset
    for name in $(cat /proc/net/ip_tables_names 2>/dev/null); do
        iptables-legacy -t "$name" -F && iptables-legacy -t "$name" -X
    done
    for name in $(cat /proc/net/ip6_tables_names 2>/dev/null); do
        ip6tables-legacy -t "$name" -F && ip6tables-legacy -t "$name" -X
    done
    [[ -d /sys/module/ip_set ]] && ipset destroy
    for _ in {1..20}; do
        left=$(modules | comm -23 - at-first)
        [[ -n $left ]] || return 0
        for name in $left; do rmmod "$name" 2>/dev/null; done
        sleep 0.2
    done
    does_not "these modules stay: $left"
}

# scans SENTENCE VERDICT [OPTION…]: a scan gives that verdict of both layers, `running R, configured C`, and loads nothing.
scans() {
    local sentence=$1 expected=$2 before after status
    shift 2
    before=$(loaded)
    # An emulator may be too slow for a deadline.
    for _ in {1..4}; do
        status=0
        assay scan --state-dir /run/state --quiet "$@" >said 2>said.err || status=$?
        grep -q timedOut said || break
    done
    after=$(loaded)
    [[ $status == [014] ]] || does_not "$sentence: the scan ended with $status: $(head -c 300 said.err)"
    if [[ $after != "$before" ]]; then
        does_not "$sentence: the scan loaded" $(diff <(echo "$before") <(echo "$after") | grep '^[<>]')
    fi
    if grep -q -F "$expected" said; then
        says "$sentence: $expected, and nothing was loaded"
    else
        does_not "$sentence: expected '$expected', and was told"
        grep -m 1 -A 1 -F 'C8.1b.2 ' said | tail -n 1
        sed -n '/^Failed/,/^Coverage/p; /^Unknown/,/^Coverage/p' said | head -n 20
    fi
}

# boots_with: standard input is what nftables.service loads at the next boot.
boots_with() {
    cat >/etc/nftables.conf && ln -s /lib/systemd/system/nftables.service "$enabled"
}

# restored WAY TEXT…: loads the rules of a line of modules.txt.
restored() {
    local way=$1 text=$2
    case $way in
        nft) nft -f - <<<"$text" ;;
        nft\ *) read -r _ family hook <<<"$way" && nft -f - <<<"table $family t { chain c { type filter hook $hook priority 0; $text; }; }" ;;
        ipset) ipset restore <<<"$text" ;;
        *) "$way" <<<"*filter
$text
COMMIT" ;;
    esac
}

# needs WAY MODULES TEXT [MODULE…]: where these modules are there, loading the rules loads no more.
needs() {
    local way=$1 modules=$2 text=$3 before after
    shift 3
    # Both lists are words.
    # shellcheck disable=SC2086
    ready "$@" $modules
    before=$(modules)
    restored "$way" "$text" >needs.err 2>&1 || does_not "$way: $text: $(tail -n 1 needs.err)"
    after=$(modules)
    if [[ $after == "$before" ]]; then
        tried=$((tried + 1))
    else
        does_not "$way: $text: needs more than $modules:" $(diff <(echo "$before") <(echo "$after") | grep '^[<>]')
    fi
    clear
}

install -D -m 644 /dev/stdin /etc/assay/site.yaml <<'END_SITE'
schema: 1
role: server
firewall:
  ingress: [{ proto: tcp, dport: 22, from: any, purpose: test }]
  egress: unrestricted
  egress_reason: declared for this state
END_SITE
closed='table inet tried {
  chain input {
    type filter hook input priority filter; policy drop;
    iif lo accept
    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
    tcp dport 22 accept
  }
}'
brief=(--only firewall/declared-flows)
udevadm settle --timeout 300
modules >at-first
echo "  $(uname -r), $(wc -l <"/lib/modules/$(uname -r)/modules.builtin") modules built in; loaded: $(tr '\n' ' ' <at-first)"

# The whole scan asks every part of the kernel that any table wants to know of.
scans 'nothing filters' 'running fail, configured fail'
scans 'nothing filters, a replay' 'running fail, configured fail' "${brief[@]}" --replay

if rmmod ip_tables x_tables 2>/dev/null; then
    scans 'not even x_tables' 'running fail, configured fail' "${brief[@]}"
    ready ip_tables
fi

boots_with <<<"$closed"
nft -f /etc/nftables.conf
scans 'nft' 'running pass, configured pass'
# One probe alone decides no clause that others belong to.
scans 'nft, a replay that needs no module' 'running pass, configured pass' --replay
is_replayed yes
clear

boots_with <<<"${closed/tcp/ct state established accept; tcp}"
scans 'nft at boot alone' 'running fail, configured pass' "${brief[@]}"
scans 'nft at boot alone, a replay' 'running fail, configured pass' "${brief[@]}" --replay
is_replayed no
ready nf_tables
scans 'nf_tables alone, a replay that needs nft_ct' 'running fail, configured pass' "${brief[@]}" --replay
is_replayed no
ready nft_ct
scans 'nft_ct too, a replay' 'running fail, configured pass' "${brief[@]}" --replay
is_replayed yes
mv "/lib/modules/$(uname -r)" /lib/modules/elsewhere
scans 'the directory of modules is gone, a replay' 'running fail, configured pass' "${brief[@]}" --replay
mv /lib/modules/elsewhere "/lib/modules/$(uname -r)"
clear

printf 'install nf_tables /bin/false\n' >/etc/modprobe.d/tried.conf
boots_with <<<"$closed"
if nft -f /etc/nftables.conf 2>/dev/null; then does_not 'a module that may not be loaded was loaded'; fi
scans 'nf_tables may not be loaded' 'running fail, configured unknown' "${brief[@]}"
clear
printf 'blacklist nf_tables\n' >/etc/modprobe.d/tried.conf
boots_with <<<"$closed"
if nft -f /etc/nftables.conf 2>/dev/null; then does_not 'a module that may not be loaded was loaded'; fi
scans 'nf_tables is not loaded by itself' 'running fail, configured unknown' "${brief[@]}"
clear

iptables-legacy-restore <<'END_RULES'
*filter
:INPUT DROP [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT
-A INPUT -p icmp -m icmp --icmp-type 8 -j ACCEPT
-A INPUT -p tcp -m tcp --dport 22 -m limit --limit 5/sec -j ACCEPT
-A INPUT -m addrtype --dst-type BROADCAST -j REJECT
-A INPUT -j LOG
COMMIT
END_RULES
scans 'iptables-legacy of one family' 'running fail, configured fail' "${brief[@]}"
ip6tables-legacy -P INPUT DROP
scans 'iptables-legacy of both' 'running pass, configured fail'
clear

ipset create tried hash:net
ipset add tried 192.0.2.0/24
scans 'ipsets without a rule' 'running fail, configured fail' "${brief[@]}"
iptables-legacy -P INPUT DROP
ip6tables-legacy -P INPUT DROP
iptables-legacy -A INPUT -p tcp --dport 22 -m set --match-set tried src -j ACCEPT
scans 'iptables-legacy and ipsets' 'running pass, configured fail' "${brief[@]}"
clear

iptables-nft-restore <<'END_RULES'
*filter
:INPUT DROP [0:0]
-A INPUT -m addrtype --dst-type LOCAL -p tcp --dport 22 -j ACCEPT
-A INPUT -m limit --limit 5/sec -p tcp --dport 22 -j ACCEPT
-A INPUT -m mark --mark 1 -p udp --dport 22 -j DROP
-A INPUT -p tcp --dport 22 -j NFLOG
COMMIT
END_RULES
ip6tables-nft -P INPUT DROP
scans 'iptables-nft' 'running pass, configured fail' "${brief[@]}"
for name in xt_tcpudp xt_limit xt_mark xt_NFLOG; do rmmod "$name" 2>/dev/null; done
scans 'iptables-nft, and what its rules were made with is gone' 'running pass, configured fail' "${brief[@]}"
# Only iptables says what this target does, and it would ask for what is gone.
iptables-nft -t nat -A PREROUTING -d 192.0.2.7 -j NETMAP --to 192.0.2.8
for name in xt_tcpudp xt_limit xt_mark xt_NFLOG; do rmmod "$name" 2>/dev/null; done
scans 'a rule that only iptables can tell, and may not be asked for' 'configured fail' "${brief[@]}"
clear

ready dummy
ip link add tried0 type dummy
tc qdisc add dev tried0 clsact
scans 'a queue for what comes in' 'running fail, configured fail' "${brief[@]}"
clear

tried=0
while IFS='|' read -r way modules text; do
    read -r way <<<"$way"
    text=${text# }
    case $way in
        '' | '#'*) continue ;;
        iptables | ip6tables)
            family=${way%tables}
            needs "$way-legacy-restore" "$modules" "$text" "${family}_tables" "${family}table_filter" xt_tcpudp
            needs "$way-nft-restore" "$modules" "$text" nf_tables nft_compat "${family}_tables" xt_tcpudp
            ;;
        ipset) needs "$way" "$modules" "$text" ip_set ;;
        *) needs "$way" "$modules" "$text" nf_tables ;;
    esac
done </usr/local/share/modules.txt
says "$tried kinds of rules need no module but those that a replay waits for"

[[ $wrong == 0 ]] && echo 'everything holds' || echo 'something does not hold'
