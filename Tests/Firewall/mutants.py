"""Rules that a loader may take or refuse: forms of every statement, put together and spoilt."""

import re

import forms
import legacy
import native

# `«a|b»` is one of its parts; a part may hold another choice.
NFT_MATCHES = """
«tcp|udp|th|sctp|dccp|udplite» «dport|sport» «22|{ 22, 80 }|{ 22, 20-30 }|1-100|!= 5|>= 1024|< 100|@ports|ssh|!= @ports»
tcp flags «syn|syn,ack|& (fin \\| syn) == syn|== syn|!= syn|! syn|syn / syn,ack|& (syn \\| rst) == syn \\| rst|{ syn, ack }|0x2»
tcp «sequence|ackseq|doff|reserved|window|checksum|urgptr» «1|3|17|> 70»
tcp option «maxseg size 1460|sack-perm exists|window missing|maxseg exists|timestamp tsval 1»
udp «length|checksum» «8|> 70000|8-90»
ip «saddr|daddr» «10.0.0.1|10.0.0.0/8|{ 10.0.0.1, 10.0.0.2 }|{ 10.0.0.0/8, 10.1.0.0/16 }|10.0.0.1-10.0.0.9|@s4|!= 10.0.0.1|& 255.0.0.0 == 10.0.0.0|localhost|> 10.0.0.1»
ip6 «saddr|daddr» «fd00::1|fd00::/8|{ fd00::1, ::1 }|@s6|!= ::1|fe80::-fe80::5|::/0»
ip «protocol|ttl|length|id|frag-off|version|hdrlength|dscp|ecn|checksum» «tcp|6|{ 1, 6 }|!= 5|4|64|63|255|256|65535|65536|cs1|ect0|& 0x1fff != 0|16|3»
ip6 «nexthdr|hoplimit|flowlabel|version|dscp|ecn|length» «tcp|6|{ 1, 6 }|!= 5|255|256|0x12345|cs1|63|64»
icmp «type|code» «echo-request|8|{ echo-request, 3 }|port-unreachable|256|nd-redirect»
icmpv6 «type|code» «echo-request|128|{ nd-neighbor-solicit, 136 }|port-unreachable|no-route|destination-unreachable»
icmp «id|sequence|mtu|gateway|checksum» «1|5-9|70000»
icmpv6 «id|sequence|mtu|max-delay|parameter-problem» «1|5-9|70000»
«iifname|oifname|meta iifname» «"eth0"|eth0|"eth*"|{ "eth0", "lo" }|!= "lo"|"enp0s31f6abcdef0"|""|"*"|wg0|"a b"|@ifs»
«iif|oif» «"lo"|eth0|{ lo, eth1 }|!= lo|"eth*"|"wg0"|1|99»
«iifgroup|oifgroup|iiftype|oiftype» «0|default|ether|loopback|65536»
«ct state|ct state !=» «established,related|new|invalid|{ new, related }|established \\| related|untracked|0x8|esta|new,established,related»
ct «status|direction|mark|zone|expiration|helper|l3proto|protocol|label» «dnat|original|1|0x1-0x5|"ftp"|ipv4|tcp|10s|seen-reply,assured|{ 1, 2 }|expected»
ct «original|reply» «ip saddr|ip daddr|ip6 saddr|saddr|proto-src|proto-dst|packets|bytes|zone» «10.0.0.1|::1|22|> 10|1-5»
ct «count|count over» «5|0|20»
ct «bytes|packets|avgpkt» «> 5|original > 10|1-9»
meta «mark|priority|pkttype|cpu|skuid|skgid|length|protocol|nfproto|l4proto|day|hour|time|cgroup|rtclassid|random|nftrace|ibrname|ipsec|secpath» «1|0x10|host|unicast|{ 1, 2 }|tcp|ip|ip6|ipv4|{ tcp, udp }|root|0|"08:00"-"17:00"|"25:00"|"Monday"|Mon|1-5|exists|missing|!= 5|bogus»
meta mark «& 0xff == 0x1|and 0xf0 != 0|\\| 1 == 3|^ 1 0|>> 2 == 1|<< 33 == 1|0x100000000»
«mark|pkttype|skuid|skgid|l4proto|nfproto|protocol|priority|length|cpu|day|hour» «1|{ 1, 2 }|tcp|host»
«skuid|meta skuid|meta skgid» «0|root|nosuchuser|{ 0, 1000 }|0-999|!= 0»
fib «saddr|daddr|saddr . iif|daddr . iif|daddr . oif|saddr . mark|saddr . oif|iif|daddr . mark . iif» «type local|type { local, broadcast }|oif 0|oif missing|oif eth0|oif exists|type != unicast|oifname "eth0"|check missing|type bogus»
rt «classid|nexthop|ip nexthop|ip6 nexthop|mtu|ipsec» «1|10.0.0.1|::1|> 100|exists»
ether «saddr|daddr|type|vlan» «02:00:00:00:00:20|{ 02:00:00:00:00:20, 02:00:00:00:00:21 }|ip|0x800|!= 02:00:00:00:00:20|02:00:00:00:00»
arp «operation|htype|ptype|hlen|plen|saddr ip|daddr ether» «request|1|10.0.0.1|02:00:00:00:00:20»
vlan «id|cfi|pcp|dei|type» «1|4095|4096|0|7|8|ip»
«ah|esp|comp» «spi|sequence|nexthdr|cpi|flags|hdrlength» «1|100-200|tcp»
igmp «type|mrt|checksum|group» «1|membership-query|224.0.0.1»
«frag|hbh|dst|rt|mh|rt0|rt2|srh» «exists|nexthdr tcp|frag-off 33|more-fragments 1|hdrlength 2|type 1|id 5|seg-left 0»
exthdr «frag|hbh|dst|mh» «exists|missing»
ip option «lsrr|rr|ssrr|ra» «exists|missing|type 1|value 1»
socket «transparent 1|mark 1|wildcard 0|cgroupv2 level 1 "system.slice"»
osf «name "Linux"|ttl skip name "Windows"|version "Linux:4.20"»
numgen «random|inc» mod «2|10|0» «0|offset 5 5|< 1|{ 0, 1 }»
«jhash ip saddr|symhash» mod «2|16|0» «0|1|seed 0x1 0|offset 4 4»
@«th|nh|ll|ih»,«0|16|8|2048»,«8|16|32|1|129|0» «22|0|!= 5|{ 1, 2 }|0xffff|& 0xf == 1»
ip saddr . tcp dport «{ 10.0.0.1 . 22 }|@pairs|{ 10.0.0.0/8 . 1-100, 10.0.0.1 . 22 }|!= @pairs|10.0.0.1 . 22|{ 10.0.0.1 . 22, 10.0.0.1 . 22 }»
«iifname . tcp dport|meta l4proto . th dport|ip saddr . ip daddr|ip protocol . th dport» «{ "eth0" . 22 }|{ tcp . 22, udp . 53 }|{ 10.0.0.1 . 10.0.0.2 }|@pairs|{ tcp . 70000 }»
"""
NFT_STATEMENTS = """
«accept|drop|return|continue|jump u|goto u|jump nowhere»
«|counter|counter packets 0 bytes 0|counter name "c1"|counter name c9|counter name @c1|counter packets 1» «accept|drop|»
log «|prefix "x: "|prefix x|prefix ""|level warn|level bogus|level audit|level debug flags all|group 1|group 65536|group 1 snaplen 10 queue-threshold 5|flags tcp sequence,options|flags skuid flags ether|prefix "a" level info flags ip options|group 2 level info|prefix "$l"» «|accept|drop»
limit «rate|» «5/second|10/minute burst 5 packets|over 5/hour|1 mbytes/second|1 mbytes/second burst 2 mbytes|0/second|5/fortnight|5 /minute|name "l1"|name l9|5/second burst 0 packets|10 kbytes/minute burst 5 packets|400/week» «|accept|drop»
quota «|over|until» «25 mbytes|1 bytes|10 kbytes used 5 kbytes|name "q1"|name q9|10 packets» «|drop»
reject «|with tcp reset|with icmp type port-unreachable|with icmp port-unreachable|with icmpv6 type admin-prohibited|with icmpx type admin-prohibited|with icmpx port-unreachable|with icmp type bogus|with icmp 3|with icmpx no-route|with icmp type echo-request»
queue «|num 1|num 0-3 bypass|num 65536|flags bypass to 1|bypass|num 0-3 fanout|num 1 bypass,fanout|to 0-3|num 3-1|flags fanout,bypass to 1-2»
«meta mark set|mark set» «1|0x100000000|ct mark|meta mark & 0xff|tcp dport map { 22 : 1 }|meta mark \\| 1|ip saddr|bogus|@d|ip saddr map @d|ip dscp|numgen inc mod 3»
meta «priority set|pkttype set|nftrace set|nfproto set|cpu set|hour set|broute set» «1|1:10|root|none|host|0»
ct «mark set|zone set|helper set|timeout set|label set|event set|state set|secmark set|expectation set|original zone set» «1|meta mark|"h1"|"h9"|"t1"|new|new,related|"foo"|65536|ip saddr»
«ip|ip6» «saddr|daddr|ttl|dscp|ecn|hoplimit|id|version» set «10.0.0.1|fd00::1|5|256|cs1|ect0|ip ttl|63»
«tcp|udp» «dport|sport|window» set «80|70000|tcp sport»
tcp option «maxseg size set 1400|maxseg size set rt mtu|window count set 1|sack-perm reset»
reset tcp option «maxseg|sack-perm|bogus»
ether «saddr|daddr» set «02:00:00:00:00:20|02:00»
notrack
«dnat|snat» «to|ip to|ip6 to|» «10.0.0.1|10.0.0.1:80|10.0.0.1-10.0.0.5|10.0.0.1:80-90|fd00::1|[fd00::1]:80|:80|tcp dport map { 22 : 10.0.0.1 }|tcp dport map @nat4|10.0.0.0/24|10.0.0.5-10.0.0.1|numgen inc mod 2 map { 0 : 10.0.0.1, 1 : 10.0.0.2 }» «|random|persistent|random,persistent|fully-random|bogus»
«dnat|snat» «ip|ip6|» «prefix to|addr . port to|to|interval to» ip saddr map { 10.0.0.0/24 : 10.1.0.0/24 }
«dnat|dnat ip» addr . port to tcp dport map { 22 : 10.0.0.1 . 22, 80 : 10.0.0.2 . 8080 }
«masquerade|redirect» «|to :80|to :1024-65535|random|persistent|fully-random|to :80 random|to 80|to :tcp dport map { 22 : 2222 }|to 10.0.0.1|random,persistent|:80»
tproxy «|ip|ip6» to «:8080|127.0.0.1:8080|10.0.0.1|[::1]:8080|:tcp dport» «|accept|meta mark set 1 accept»
dup to «10.0.0.1|eth0|10.0.0.1 device eth0|"eth0"|fd00::1»
fwd to «eth0|"eth1"|10.0.0.1|ip to 10.0.0.1 device eth0|wg0»
synproxy «|mss 1460 wscale 7 timestamp sack-perm|mss 1460|name "y1"|timestamp|mss 70000|wscale 20»
flow «add|offload» @«ft|nothing»
«add|update|delete» @«d4|s4|nothing|pairs|ports» { «ip saddr|ip saddr timeout 1m|ip saddr limit rate 5/second|tcp dport|ip saddr . tcp dport|ip6 saddr|ip saddr counter|ip saddr timeout 1x|10.0.0.1|ip saddr ct count over 5»  } «|accept|drop»
set «add|update» «ip saddr|ip6 saddr|ip saddr timeout 5m» @«d4|s4|nothing»
update @dm { ip saddr : «1|meta mark|ip daddr» }
meter «m1|m2» «|size 100» { «ip saddr limit rate 5/second|ip saddr ct count 5|tcp dport|ip6 saddr limit rate over 1/minute» } «accept|drop»
xt «match|target» "x"
tcp dport vmap «{ 22 : accept, 80 : drop }|@v|@nothing|@d|{ 22 : accept, 22 : drop }|{ 20-30 : accept, 25 : drop }|{ 22 : jump u }|{ 22 : 5 }|{ }|{ * : accept, 22 : drop }|{ 22 : accept, 22 : accept }|@ports|{ 22 : jump nowhere }»
«ip saddr|ip6 saddr|iifname|meta mark|ct state|ip protocol|meta nfproto|meta pkttype|ip saddr . tcp dport» vmap «{ 10.0.0.1 : accept }|{ fd00::/8 : drop }|{ "eth0" : accept, "lo" : drop }|{ 1 : accept, 2 : drop }|{ new : drop, established : accept }|{ tcp : goto u }|{ ipv4 : accept }|{ host : accept }|{ 10.0.0.1 . 22 : accept }|@v»
last «|used never|used 5s»
comment «"x"|x|"a long comment about this"|5»
secmark set "x"
ct helper set «h1|"h9"»
"""
NFT_OBJECTS = {
    "s4": "set s4 { type ipv4_addr; flags interval; «|auto-merge; »elements = { «10.0.0.0/8|10.0.0.1|10.0.0.0/8, 10.1.0.0/16|10.0.0.1-10.0.0.9, 10.2.0.1», 192.0.2.1 }; }",
    "s6": "set s6 { «type ipv6_addr|typeof ip6 saddr»; «flags interval; |»elements = { «fd00::1|fd00::1, fd00::2|fd00::/8» } }",
    "d4": "set d4 { type ipv4_addr; «flags dynamic, timeout; timeout 1m;|flags dynamic;|flags timeout;|timeout 5m; size 100;|size 65535; flags dynamic;|flags dynamic; gc-interval 1m;» }",
    "ports": "set ports { type inet_service; «flags interval; |flags constant; |policy memory; |size 5; |»elements = { «22|ssh|22, 80|20-30, 25|1-100|22 comment \"a\"|22 timeout 1m|70000|22, 22» } }",
    "pairs": "set pairs { type ipv4_addr . inet_service; «flags interval; |»elements = { «10.0.0.1 . 22|10.0.0.0/8 . 22|10.0.0.1 . 22, 10.0.0.1 . 23|10.0.0.1 . 1-100, 10.0.0.1 . 50» } }",
    "ifs": "set ifs { «type ifname|typeof iifname»; «flags interval; |»elements = { «\"eth0\"|\"eth*\"|eth0, lo|\"a-very-long-name0\"» } }",
    "v": "map v { type «inet_service|inet_service . ipv4_addr» : verdict; «flags interval; |»elements = { 22 : «accept|drop|jump u|jump nowhere», «80 : drop|20-30 : drop|22 : drop|22 : accept» } }",
    "d": "map d { type ipv4_addr : mark; «flags interval; |»elements = { 10.0.0.1 : «1|0x10|0x100000000», 10.0.0.2 : 2 } }",
    "dm": "map dm { type ipv4_addr : mark; flags dynamic«|, timeout»; «size 100; |» }",
    "nat4": "map nat4 { type inet_service : ipv4_addr«| . inet_service»; elements = { 22 : 10.0.0.1«| . 22» } }",
    "c1": "counter c1 { «packets 0 bytes 0|» «;|» }",
    "q1": "quota q1 { «over 10 mbytes|10 kbytes|until 5 bytes|over 10 mbytes used 0 bytes» }",
    "l1": "limit l1 { rate «5/second|over 5/minute|5/second burst 5 packets|10 mbytes/second|5» }",
    "h1": "ct helper h1 { type \"«ftp|sip|nonsense»\" protocol «tcp|udp|icmp»; «|l3proto ip; » }",
    "t1": "ct timeout t1 { protocol tcp; «l3proto ip; |»policy = { established : 100«|s», close : 20 } }",
    "y1": "synproxy y1 { mss 1460; wscale 7; «timestamp sack-perm|timestamp» ; }",
    "ft": "flowtable ft { hook «ingress|input» priority «0|filter|bogus»; devices = { «eth0|eth0, eth1|wg0|\"eth1\"» }; «flags offload;|counter; |» }",
}
# Where most rules are put, and everything that a chain may be.
HOOKS = [
    ("filter", "input", "0"), ("filter", "input", "filter"), ("filter", "forward", "0"),
    ("filter", "output", "0"), ("filter", "prerouting", "-300"), ("filter", "prerouting", "raw"),
    ("filter", "postrouting", "mangle"), ("nat", "prerouting", "-100"),
    ("nat", "prerouting", "dstnat"), ("nat", "postrouting", "srcnat"),
    ("nat", "postrouting", "100"), ("nat", "output", "-100"), ("nat", "input", "100"),
    ("filter", "prerouting", "mangle + 10"), ("filter", "input", "filter - 5"),
]
NFT_WORDS = """
accept drop 0 1 6 22 63 64 128 255 256 4096 65535 65536 4294967295 4294967296 -1 0x 0x10 08 1.5 10.0.0.1 10.0.0.0/33
10.0.0.256 fd00::1 fd00::/129 ::/0 { } ; , . : ! != == < > - / & | ( ) @s4 @nothing $x ssh nosuchservice tcp udp icmp
bogus "x" "" "eth0" eth0 wg0 lo * set add comment counter log limit rate over second /second name ip ip6 inet tcp flags
saddr dport type hook priority policy device input forward nat filter route ingress egress srcnat dstnat raw security out
timeout 1m 5s 1d2h elements = flags interval constant dynamic auto-merge size typeof verdict mark ipv4_addr inet_service
jump u goto return queue reject with icmpx to map vmap meta ct state new established random persistent define x undefine
include table chain rule element delete flush create destroy ruleset insert handle 5 index position bridge arp netdev
""".split() + ['"' + "c" * 129 + '"', "n" * 16, "n" * 130, "n" * 257]


def expand(random, form):
    """One text of a form with choices."""
    form = form.replace("\\|", "\x00")
    while "»" in form:
        end = form.index("»")
        start = form.rindex("«", 0, end)
        form = form[:start] + random.choice(form[start + 1:end].split("|")) + form[end + 1:]
    return form.replace("\x00", "|")


def lines(text):
    return [line for line in text.strip().split("\n") if line]


def tokens(text, kind):
    if kind in XT_KINDS or kind == "ipset":
        return re.findall(r'"[^"\n]*"|\n|[^\s"]+|"', text)
    return re.findall(r'"[^"\n]*"|[{};,()]|\n|[^\s{};,()"]+|"', text)


def spoil(random, text, kind):
    """The text with one or two of its tokens dropped, doubled, exchanged or replaced."""
    parts, words = tokens(text, kind), WORDS[kind]
    for _ in range(random.choice([1, 1, 1, 2])):
        if not parts:
            break
        place = random.randrange(len(parts))
        kind = random.randrange(6)
        if kind == 0:
            del parts[place]
        elif kind == 1:
            parts.insert(place, parts[place])
        elif kind == 2:
            other = min(place + random.choice([1, 1, 2, 3]), len(parts) - 1)
            parts[place], parts[other] = parts[other], parts[place]
        elif kind == 3:
            parts.insert(place, random.choice(words))
        elif kind == 4:
            parts[place] = random.choice(words)
        else:
            parts[place] = random.choice(parts)
    return " ".join(parts).replace(" \n ", "\n") + "\n"


def nft_rule(random):
    """Matches and a statement, mostly of those that fit together."""
    matches = [expand(random, random.choice(NFT)) for _ in range(random.choice([0, 1, 1, 2]))]
    end = random.choice(["accept", "drop", expand(random, random.choice(NFT_ENDS))])
    return " ".join(matches + [end])


def nft_file(random):
    """A table with one chain, one or two rules, and what these name."""
    family = random.choice(["inet", "inet", "inet", "ip", "ip", "ip6", "netdev", "bridge", "arp"])
    rules = [nft_rule(random) for _ in range(random.choice([1, 1, 1, 2]))]
    body = []
    for name, form in NFT_OBJECTS.items():
        if any(re.search(rf"[@\" ]{name}\b", rule) for rule in rules) or random.random() < 0.04:
            body.append("  " + expand(random, form))
    body.append("  chain u {\n    counter\n  }")
    kind, hook, priority = random.choice(HOOKS)
    device = ""
    if family == "netdev":
        kind, hook, priority = "filter", "ingress", random.choice(["0", "filter", "-10"])
    if hook == "ingress":
        device = random.choice([' device "eth0"', " device eth1", " devices = { eth0, eth1 }"])
    policy = random.choice([" policy accept;", " policy drop;", ""])
    head = f"type {kind} hook {hook}{device} priority {priority};{policy}"
    if any("jump u" in rule or "goto u" in rule for rule in rules) or random.random() < 0.9:
        body.append("\n".join([f"  chain b {{\n    {head}"] + ["    " + rule for rule in rules] + ["  }"]))
    else:
        body.append("\n".join(["  chain w {"] + ["    " + rule for rule in rules] + ["  }"]))
    text = f"table {family} t {{\n" + "\n".join(body) + "\n}\n"
    if random.random() < 0.15:
        text = f"define one = {expand(random, random.choice(lines(forms.DEFINITIONS)))}\n" + text
    return forms.lay_out(random, text) if random.random() < 0.25 else text


NFT = lines(NFT_MATCHES)
NFT_ENDS = lines(NFT_STATEMENTS)

# What a kernel may be built without, each with a file that needs it.
FEATURES = {
    "queue": "table ip f {\nchain c {\nqueue num 1\n}\n}\n",
    "flow": "table ip g {\nflowtable f {\nhook ingress priority 0\ndevices = { eth0 }\n}\n}\n",
    "synproxy": "table ip h {\nchain c {\ntcp dport 22 synproxy\n}\n}\n",
    "ct helper": "table ip i {\nct helper h {\ntype \"sip\" protocol udp\n}\n}\n",
}


def leave_out(names):
    """Drops the forms that begin with a name, and objects of that kind."""
    for name in names:
        NFT_ENDS[:] = [form for form in NFT_ENDS if not form.startswith(name)]
        for key in [key for key, form in NFT_OBJECTS.items() if form.startswith(name)]:
            del NFT_OBJECTS[key]


# What may stand in a file of iptables-restore that its own generator does not know.
XT_RULES = """
-A INPUT -p «tcp|udp|icmp|47|all|sctp|gre|nonsense» -j «ACCEPT|DROP|REJECT|RETURN|LOG|nowhere|u»
-A INPUT «-p tcp|-p udp|» «-m tcp|-m udp|» «--dport|--sport» «22|ssh|1:5|5:1|65536|:80|80:|x» -j ACCEPT
-A INPUT -p «tcp|udp|icmp» -m multiport «--dports|--sports|--ports» «22,80|1:9,22|22,x|1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16» -j ACCEPT
-A «INPUT|FORWARD|OUTPUT» «-i|-o» «eth0|eth+|averylongname-of16|"")» -j DROP
-A INPUT «-s|-d|! -s» «10.0.0.1|10.0.0.0/8|10.0.0.0/33|10.0.0.1,10.0.0.2|fd00::1|10.0.0.0/255.0.0.0|nohost.invalid» -j ACCEPT
-A INPUT -m «conntrack --ctstate|state --state» «NEW|ESTABLISHED,RELATED|INVALID|BOGUS|new|UNTRACKED» -j ACCEPT
-A INPUT -m limit «--limit 5/min|--limit 3/fortnight|--limit 5/sec --limit-burst 7|--limit 0/sec|--limit-burst 0|» -j ACCEPT
-A INPUT «-p icmp|-p tcp|» -m icmp --icmp-type «8|echo-request|3/4|256|any|nonsense» -j ACCEPT
-A INPUT -m «mark --mark|connmark --mark» «0x1|0x1/0xff|1|0x100000000|x» -j ACCEPT
-A INPUT -m comment --comment «"a comment"|x|""» -j ACCEPT
-A INPUT -m recent «--set|--rcheck --seconds 60|--update --seconds 60 --hitcount 4|--set --seconds 5|--rcheck --hitcount 300|--rcheck --set» --name k -j DROP
-A INPUT -m set --match-set «hosts|nets|pairs|nowhere» «src|dst|src,dst|x» -j DROP
-A INPUT -m addrtype «--dst-type LOCAL|--src-type BOGUS|--dst-type LOCAL --limit-iface-in|» -j ACCEPT
-A «INPUT|OUTPUT» -m owner --uid-owner «0|root|nosuchuser» -j ACCEPT
-A INPUT -m «mac --mac-source 02:00:00:00:00:20|mac --mac-source 02:00|length --length 40:80|length --length 80:40|ttl --ttl-lt 5|ttl --ttl-eq 256|dscp --dscp 0x2e|dscp --dscp 64|pkttype --pkt-type broadcast|pkttype --pkt-type x|iprange --src-range 10.0.0.1-10.0.0.9|iprange --src-range 10.0.0.9-10.0.0.1|nosuch» -j ACCEPT
-A INPUT -m «connlimit --connlimit-above 3|connlimit|hashlimit --hashlimit-upto 5/min --hashlimit-name h|hashlimit --hashlimit-upto 5/min|string --algo bm --string GET|string --string GET|time --timestart 08:00 --timestop 18:00|time --timestart 25:00|statistic --mode random --probability 0.5|u32 --u32 0=0» -j ACCEPT
-A INPUT «-p tcp|-p udp|» -j REJECT «|--reject-with tcp-reset|--reject-with icmp-port-unreachable|--reject-with icmp-admin-prohibited|--reject-with bogus»
-A INPUT -j LOG «|--log-prefix "x "|--log-prefix "a prefix that is longer than it may be"|--log-level 4|--log-level 9|--log-level info|--log-uid»
-A INPUT -j «MARK --set-mark 1|MARK --set-xmark 0x1/0xff|MARK|CONNMARK --save-mark|CONNMARK --restore-mark --mask 0xff|NFLOG --nflog-group 1|NFLOG --nflog-group 70000|DNAT --to-destination 10.0.0.1|CT --notrack|MASQUERADE|TTL --ttl-set 5»
-A INPUT -g «u|nowhere|ACCEPT»
-A u -j «ACCEPT|u|INPUT|v»
-A v -j «u|DROP»
-A «INPUT|nowhere» -p tcp «-m tcp --syn|--tcp-flags SYN,ACK SYN|--tcp-flags SYN|--tcp-flags BOGUS SYN|! --syn|--tcp-option 5» -j ACCEPT
-A FORWARD -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS «--clamp-mss-to-pmtu|--set-mss 1400|--set-mss 70000|»
-I INPUT «1|2|5|0|» -p tcp -j ACCEPT
«-N w|-P INPUT DROP|-F INPUT|-X u|-Z|-D INPUT 1|-R INPUT 1 -j DROP|-E u w»
"""
XT_NAT = """
-A «PREROUTING|POSTROUTING|OUTPUT|u» «-p tcp|-p udp|» -j DNAT --to-destination «10.0.0.1|10.0.0.1:80|10.0.0.1:80-90|10.0.0.1-10.0.0.5|:80|10.0.0.1:70000|fd00::1|10.0.0.5-10.0.0.1|x» «|--random|--persistent|--bogus»
-A «PREROUTING|POSTROUTING|INPUT» «-p tcp|» -j SNAT --to-source «10.0.0.1|10.0.0.1:1024-65535|x»
-A «PREROUTING|POSTROUTING» «-p tcp|» -j MASQUERADE «|--to-ports 1024-65535|--random|--random-fully»
-A «PREROUTING|POSTROUTING|OUTPUT» «-p tcp|-p udp|» -j REDIRECT «|--to-ports 8080|--to-ports 8080-8090|--to-ports x»
-A PREROUTING -j «DROP|ACCEPT|u|REJECT»
-A «PREROUTING|POSTROUTING|OUTPUT» -j u
"""
XT_WORDS = """
-A -I -j -g -m -p -s -d -i -o ! -N -P -F COMMIT *filter *nat *bogus :w - ACCEPT DROP REJECT INPUT FORWARD PREROUTING u w
tcp udp icmp all 0 22 65536 -1 1:5 5:1 10.0.0.0/8 10.0.0.0/33 fd00::/8 eth0 eth+ "" [0:0] [0:x] [ ] multiport conntrack
state limit comment --dport --sport --dports --ctstate --limit --comment --mark --set-mark --to-destination --match-set
NEW BOGUS 5/min 0x1 0x1/0xff "x" hosts nowhere src # -4 -6 --syn -t filter
""".split() + ["c" * 256, "n" * 29, "e" * 16]


def xt_file(random):
    """Tables of one family, with a few rules that may not fit."""
    rules = [expand(random, random.choice(XT)) for _ in range(random.choice([1, 1, 2, 3]))]
    name = random.choice(["", "", "", "n" * 28 + " ", "n" * 29 + " ", "ACCEPT ", "a/b "])
    text = ["*filter", f":INPUT {random.choice(['ACCEPT', 'DROP'])} [0:0]", ":FORWARD ACCEPT [0:0]",
            ":OUTPUT ACCEPT [0:0]", ":u - [0:0]", ":v - [0:0]"]
    text += [f":{name}- [0:0]"] if name else []
    text += rules + ["COMMIT"]
    if random.random() < 0.4:
        nat = [expand(random, random.choice(NAT)) for _ in range(random.choice([1, 1, 2]))]
        text += ["*nat", ":PREROUTING ACCEPT [0:0]", ":INPUT ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]",
                 ":POSTROUTING ACCEPT [0:0]", ":u - [0:0]"] + nat + ["COMMIT"]
    return "\n".join(text) + "\n"


IPSET = """
create a «hash:ip|hash:net|hash:ip,port|hash:net,port|bitmap:port range 0-65535|bitmap:port|bitmap:ip range 10.0.0.0-10.0.0.255|list:set|hash:nonsense|hash:ip family inet6|hash:ip family inet|hash:net family inet hashsize 1024 maxelem 65536|hash:ip timeout 300|hash:ip comment|hash:ip counters|hash:ip maxelem 2|hash:net timeout 0 comment|hash:ip bogus|hash:ip,port,net|hash:ip timeout x|hash:ip netmask 24»
"""
IPSET_ELEMENTS = """
add a «10.0.0.1|10.0.0.2|10.0.0.0/24|10.0.0.1-10.0.0.9|fd00::1|10.0.0.1,tcp:22|10.0.0.1,22|10.0.0.0/24,udp:53|22|80-90|70000|x|0.0.0.0/0|10.0.0.1,tcp:80,10.0.0.0/8|10.1.0.0/16|nohost.invalid|-exist»
add a «10.0.0.1|10.0.0.3» «timeout 5|timeout x|comment "c"|nomatch|-exist|bogus|timeout 0»
add a «10.0.0.0/8|10.0.0.0/16» «nomatch|comment x»
add b 10.0.0.1
«flush a|destroy a|flush b|create a hash:ip|create a hash:ip -exist|COMMIT|swap a b|del a 10.0.0.1|# x»
"""
IPSET_WORDS = """
create add a b hash:ip hash:net 10.0.0.1 10.0.0.0/8 fd00::1 timeout 5 comment "x" nomatch -exist family inet inet6 maxelem 0
hashsize range 22 tcp:22 , bogus flush destroy
""".split() + ["n" * 31, "n" * 32]


def ipset_saved(random):
    """A set as it is saved, with elements that fit."""
    kinds = {
        "hash:ip family inet hashsize 1024 maxelem 65536": ["10.0.0.1", "10.0.0.2", "192.0.2.9"],
        "hash:net family inet": ["10.0.0.0/8", "192.0.2.0/24", "10.1.0.0/16 nomatch", "10.9.9.9"],
        "hash:ip,port family inet": ["10.0.0.1,tcp:22", "10.0.0.1,udp:53", "10.0.0.2,tcp:22"],
        "hash:net family inet6": ["fd00::/8", "2001:db8::/32"],
        "hash:ip family inet timeout 60": ["10.0.0.1 timeout 9", "10.0.0.2"],
        "bitmap:port range 0-1023": ["22", "80-90"],
    }
    kind = random.choice(list(kinds))
    chosen = [f"add a {element}" for element in kinds[kind] if random.random() < 0.7]
    return "\n".join([f"create a {kind}"] + chosen) + "\n"


def ipset_file(random):
    count = random.choice([0, 1, 1, 2, 3])
    known = lines(IPSET_ELEMENTS) + lines(forms.IPSET_ELEMENTS)
    elements = [expand(random, random.choice(known)) for _ in range(count)]
    first = random.choice([lines(IPSET)[0]] + lines(forms.IPSET_CREATE))
    return "\n".join([expand(random, first)] + elements) + "\n"


XT = lines(XT_RULES) + lines(forms.XT)
NAT = lines(XT_NAT)
SETS = legacy.SETS
XT_KINDS = ["iptables-nft", "iptables-legacy", "ip6tables-nft", "ip6tables-legacy"]
KINDS = ["nft", "nft", "ipset"] + XT_KINDS
WORDS = {"nft": NFT_WORDS, "ipset": IPSET_WORDS, **{kind: XT_WORDS for kind in XT_KINDS}}


def file(random, kind):
    """A file for the loader of a kind, and whether it is an ordinary one."""
    text, is_ordinary = written(random, kind)
    if random.random() < 0.1:
        return forms.respell(random, text), False
    return text, is_ordinary


def written(random, kind):
    if kind == "nft":
        if random.random() < 0.3:
            return native.Native(random).text, True
        return nft_file(random), False
    if kind == "ipset":
        is_saved = random.random() < 0.5
        return (ipset_saved if is_saved else ipset_file)(random), is_saved
    # The generator of the other test makes rules that fit; some are of extensions without a model.
    family = 6 if kind.startswith("ip6") else 4
    if family == 6 or random.random() < 0.5:
        is_opaque = random.random() < 0.3
        return legacy.Tables(random, family, is_opaque).text, not is_opaque
    return xt_file(random), False
