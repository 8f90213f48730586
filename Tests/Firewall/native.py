"""Random rulesets in nft's own language."""

from packets import DSCPS, ICMP4, ICMP6, OTHER4, OTHER6, OWN4, OWN6, PORTS, SOURCES4, SOURCES6


class Native:
    """One random ruleset; `text` loads with `nft -f`."""

    def __init__(self, random, opaque=False):
        self.random = random
        self.opaque = opaque
        self.lines = []
        for number in range(random.choice([1, 1, 2, 3])):
            self.table(number)
        self.text = "\n".join(self.lines) + "\n"

    def pick(self, *options):
        return self.random.choice(options)

    def chance(self, share):
        return self.random.random() < share

    # Values

    def port(self):
        return str(self.random.choice(PORTS))

    def port_set(self):
        parts = []
        for _ in range(self.random.randint(1, 4)):
            if self.chance(0.3):
                low = self.random.randint(1, 60000)
                parts.append(f"{low}-{low + self.random.randint(1, 5000)}")
            else:
                parts.append(self.port())
        return "{ " + ", ".join(sorted(set(parts))) + " }"

    def source(self, family):
        return self.random.choice(SOURCES4 if family == 4 else SOURCES6)

    def own(self, family):
        return self.random.choice(OWN4 if family == 4 else OWN6)

    def prefix(self, family, address=None):
        import ipaddress
        address = address or self.source(family)
        length = self.pick(8, 9, 16, 20, 24, 30, 32) if family == 4 else self.pick(7, 32, 48, 64, 128)
        return str(ipaddress.ip_network(f"{address}/{length}", strict=False))

    def range(self, family):
        import ipaddress
        first = int(ipaddress.ip_address(self.source(family)))
        last = first + self.random.choice([1, 5, 300])
        kind = ipaddress.IPv4Address if family == 4 else ipaddress.IPv6Address
        return f"{kind(first)}-{kind(last)}"

    def address_set(self, family):
        import ipaddress
        parts, taken = [], []
        for _ in range(self.random.randint(1, 4)):
            text = self.prefix(family)
            network = ipaddress.ip_network(text)
            if any(network.overlaps(other) for other in taken):
                continue
            taken.append(network)
            parts.append(text)
        return "{ " + ", ".join(parts) + " }"

    # Matches

    def families(self):
        return {"ip": [4], "ip6": [6]}.get(self.family, [4, 6])

    def match(self):
        kinds = [
            self.ports, self.ports, self.ports, self.addresses, self.addresses, self.protocol,
            self.icmp, self.interface, self.flags, self.state, self.state, self.mark,
            self.header, self.concat, self.named, self.type, self.packet_type, self.chosen,
            self.ether, self.raw,
        ]
        text = self.random.choice(kinds)()
        return text or self.ports()

    def ports(self):
        proto = self.pick("tcp", "tcp", "udp", "th" if self.chance(0.3) else "tcp")
        if self.chance(0.1):
            proto = self.pick("sctp", "udplite", "dccp")
        side = self.pick("dport", "dport", "dport", "sport")
        value = self.pick(
            self.port(), self.port(), self.port_set(), f"!= {self.port()}",
            f"!= {self.port_set()}", "1024-65535", f"< {self.port()}", f">= {self.port()}",
            "!= 20-100")
        return f"{proto} {side} {value}"

    def addresses(self):
        family = self.random.choice(self.families())
        word = "ip" if family == 4 else "ip6"
        side = self.pick("saddr", "saddr", "daddr")
        base = self.source(family) if side == "saddr" else \
            self.random.choice((OWN4 + OTHER4) if family == 4 else (OWN6 + OTHER6))
        value = self.pick(base, self.prefix(family, base), self.address_set(family),
                          f"!= {self.prefix(family, base)}", f"!= {self.address_set(family)}",
                          self.range(family))
        if family == 4 and self.chance(0.1):
            return f"ip {side} & 255.0.0.255 == 10.0.0.7"
        return f"{word} {side} {value}"

    def protocol(self):
        options = ["meta l4proto tcp", "meta l4proto != udp", "meta l4proto { tcp, udp }",
                   "meta l4proto { icmp, ipv6-icmp }", "meta l4proto 47", "meta l4proto != { 6, 17 }"]
        if 4 in self.families():
            options += ["ip protocol udp", "ip protocol != tcp", "ip protocol { 1, 6 }"]
        if 6 in self.families():
            options += ["ip6 nexthdr tcp", "ip6 nexthdr != udp", "ip6 nexthdr { 0, 58 }"]
        if self.family in ("inet", "netdev"):
            options += ["meta protocol ip", "meta protocol ip6"]
        if self.family == "inet":
            options += ["meta nfproto ipv4", "meta nfproto ipv6", "meta nfproto != ipv4"]
        return self.random.choice(options)

    def icmp(self):
        family = self.random.choice(self.families())
        if family == 4:
            value = self.pick("echo-request", str(self.random.choice(ICMP4)),
                              "{ echo-request, destination-unreachable, 13 }", "!= echo-request")
            return self.pick(f"icmp type {value}", "icmp code 0", "icmp type 3 icmp code 4")
        value = self.pick("echo-request", str(self.random.choice(ICMP6)),
                          "{ nd-neighbor-solicit, nd-router-advert, 128 }", "!= echo-request")
        return self.pick(f"icmpv6 type {value}", "icmpv6 code 0")

    def interface(self):
        if self.hook == "ingress":
            return self.pick('iifname "eth0"', 'iif "eth0"')
        options = ['iifname "eth0"', 'iifname "eth*"', 'iifname != "eth1"', 'iif "eth1"',
                   'iifname { "eth0", "lo" }', 'iifname "wg0"', 'iif != "lo"']
        if self.hook in ("forward", "postrouting"):
            options += ['oifname "eth1"', 'oif != "eth0"', 'oifname { "eth0", "eth1" }']
        return self.random.choice(options)

    def flags(self):
        return self.pick(
            "tcp flags syn", "tcp flags & (fin|syn|rst|ack) == syn", "tcp flags syn,urg",
            "tcp flags == syn", "tcp flags != syn", "tcp flags & urg == urg",
            "tcp flags syn / fin,syn,rst,ack", "tcp flags & (syn|ecn) == syn|ecn",
            "tcp flags & psh != 0", "tcp flags { syn, syn | psh }")

    def state(self):
        if self.hook == "ingress":
            return None
        return self.pick(
            "ct state new", "ct state invalid", "ct state established,related",
            "ct state != invalid", "ct state { new, untracked }", "ct state untracked",
            "ct status dnat", "ct status != dnat", "ct direction original",
            "ct state new,related", "ct mark 0x0", f"ct mark {self.pick(1, 2, 3)}",
            f"ct original proto-dst {self.port()}", "ct protocol tcp")

    def mark(self):
        return self.pick(
            f"meta mark {self.pick(0, 1, 2, 3)}", "meta mark & 0x1 == 0x1", "meta mark != 0",
            "meta mark { 1, 3 }", "meta mark & 0x3 != 0x2", "meta mark 1-2", "meta mark > 1")

    def header(self):
        family = self.random.choice(self.families())
        dscp = self.random.choice(DSCPS)
        if family == 4:
            return self.pick(f"ip dscp {dscp}", "ip ttl 64", "ip ttl < 5", "ip length 40-100",
                             "ip ttl != 64", "ip frag-off & 0x1fff == 0", f"ip dscp != {dscp}",
                             "ip version 4")
        return self.pick(f"ip6 dscp {dscp}", "ip6 hoplimit 64", "ip6 hoplimit < 5",
                         "ip6 hoplimit != 255")

    def concat(self):
        family = self.random.choice(self.families())
        word = "ip" if family == 4 else "ip6"
        first, second = self.source(family), self.source(family)
        if first == second or self.hook == "ingress":
            return f"{word} saddr . tcp dport {{ {first} . {self.port()} }}"
        return self.pick(
            f"{word} saddr . tcp dport {{ {first} . {self.port()}, {second} . 1000-9000 }}",
            f"iifname . udp dport {{ \"eth0\" . {self.port()}, \"eth1\" . 53 }}",
            f"{word} saddr . {word} daddr {{ {self.prefix(family, first)} . {self.own(family)} }}",
            f"meta l4proto . th dport {{ tcp . {self.port()}, udp . 1-{self.port()} }}",
            f"{word} saddr . tcp dport != {{ {first} . {self.port()} }}")

    def named(self):
        if not self.sets:
            return None
        name, kind = self.random.choice(self.sets)
        negation = self.pick("", "", "!= ")
        family = 4 if "4" in kind else 6
        if kind.startswith("address") and family not in self.families():
            return None
        word = "ip" if family == 4 else "ip6"
        return {
            "address4": f"ip saddr {negation}@{name}", "address6": f"ip6 saddr {negation}@{name}",
            "port": f"{self.pick('tcp', 'udp')} dport {negation}@{name}",
            "pair4": f"ip saddr . tcp dport {negation}@{name}",
            "pair6": f"ip6 saddr . tcp dport {negation}@{name}",
        }[kind] if kind in ("port",) or family in self.families() else None

    def type(self):
        if self.hook not in ("prerouting", "input", "forward"):
            return None
        side = self.pick("daddr", "daddr", "saddr")
        if self.hook == "forward":
            return f"fib {side} type unicast"
        return self.pick(f"fib {side} type local", f"fib {side} type {{ local, broadcast }}",
                         f"fib {side} type != local", f"fib {side} type multicast")

    def packet_type(self):
        return self.pick("meta pkttype host", "meta pkttype { broadcast, multicast }",
                         "meta pkttype != multicast", "meta length 60-200")

    def chosen(self):
        """Things that the sender or the clock decides."""
        if not self.opaque:
            return self.pick("limit rate 1000000/second burst 10000 packets", "counter", None)
        return self.pick("limit rate over 5/minute", "numgen random mod 2 0", "quota over 1000 bytes",
                         "tcp option maxseg size 1460", "meta skuid 0", "ct count over 5")

    def ether(self):
        if self.hook == "postrouting":
            return None
        return self.pick("ether saddr 02:00:00:00:00:20", "ether saddr != 02:00:00:00:00:21",
                         "ether daddr 02:00:00:00:00:10")

    def raw(self):
        return self.pick(f"@th,16,16 {self.port()}", "@th,0,16 53", f"@th,16,16 != {self.port()}",
                         "@th,24,8 22")

    # Statements

    def verdict(self, chain, depth):
        targets = self.targets[depth + 1:] if depth is not None else self.targets
        options = ["accept", "accept", "drop", "drop", "return", "continue", "reject"]
        if self.hook not in ("input", "forward") or self.kind == "nat":
            options.remove("reject")
        if targets:
            options += [f"jump {self.random.choice(targets)}", f"jump {self.random.choice(targets)}",
                        f"goto {self.random.choice(targets)}"]
        if self.kind == "nat":
            options += [self.translation(), self.translation(), self.translation()]
        return self.random.choice(options)

    def translation(self):
        family = self.random.choice(self.families())
        word = "ip" if family == 4 else "ip6"
        kind = "" if self.family in ("ip", "ip6") else f"{word} "
        target = self.random.choice(OTHER4 + OWN4 if family == 4 else OTHER6 + OWN6)
        bracket = f"[{target}]" if family == 6 else target
        if self.hook == "prerouting":
            return self.pick(
                f"tcp dport {self.port()} redirect to :{self.port()}",
                f"udp dport {self.port()} redirect to :{self.port()}",
                f"dnat {kind}to {target}",
                f"meta l4proto tcp dnat {kind}to {bracket}:{self.port()}",
                f"tcp dport {self.port()} dnat {kind}to {bracket}",
                f"dnat {kind}to tcp dport map {{ {self.port()} : {target}, 7000 : {self.own(family)} }}"
                if self.chance(0.5) else f"tcp dport 8000-9000 redirect",
                "redirect")
        return self.pick("masquerade", f"snat {kind}to {self.own(family)}", "accept", "accept")

    def change(self):
        if self.hook == "ingress":
            return f"meta mark set {self.pick(1, 2, 3)}"
        return self.pick(
            f"meta mark set {self.pick(1, 2, 3)}", "meta mark set meta mark | 0x2",
            "meta mark set meta mark & 0x1", f"ct mark set {self.pick(1, 2)}",
            "ct mark set meta mark", "meta mark set ct mark",
            f"meta mark set tcp dport map {{ {self.port()} : 1, 60000 : 3 }}",
            "meta mark set meta mark ^ 0x3")

    def vmap(self, depth):
        targets = self.targets[depth + 1:] if depth is not None else self.targets
        out = ["accept", "drop", "return"] + [f"jump {t}" for t in targets[:2]]
        pick = lambda: self.random.choice(out)
        family = self.random.choice(self.families())
        word = "ip" if family == 4 else "ip6"
        options = [
            f"tcp dport vmap {{ 22 : {pick()}, 80-443 : {pick()}, 5432 : {pick()} }}",
            f"meta l4proto vmap {{ tcp : {pick()}, udp : {pick()}, icmp : {pick()} }}",
            f"{word} saddr vmap {{ {self.prefix(family)} : {pick()} }}",
            f"iifname vmap {{ \"eth0\" : {pick()}, \"eth1\" : {pick()} }}",
            f"meta mark vmap {{ 1 : {pick()}, 2 : {pick()} }}",
            f"{word} saddr . tcp dport vmap {{ {self.source(family)} . {self.port()} : {pick()} }}",
        ]
        if self.hook != "ingress":
            options.append(f"ct state vmap {{ invalid : {pick()}, new : {pick()}, untracked : {pick()} }}")
        if self.maps:
            options.append(f"tcp dport vmap @{self.random.choice(self.maps)}")
        return self.random.choice(options)

    def rule(self, chain, depth):
        matches = [self.match() for _ in range(self.random.choice([0, 1, 1, 1, 2, 2, 3]))]
        roll = self.random.random()
        if roll < 0.1:
            tail = self.vmap(depth)
        elif roll < 0.22 and self.kind != "nat":
            tail = self.change()
        elif roll < 0.26 and self.hook == "prerouting" and self.kind == "filter" and self.priority < -200:
            tail = "notrack"
        else:
            tail = self.verdict(chain, depth)
        if not matches and tail in ("drop", "accept", "reject") and self.chance(0.7):
            matches = [self.ports()]
        if self.chance(0.1):
            matches.append("counter")
        return " ".join(m for m in matches if m) + " " + tail

    # Blocks

    def table(self, number):
        self.family = self.random.choices(["inet", "ip", "ip6", "netdev"], weights=[6, 3, 2, 1])[0]
        self.targets, self.sets, self.maps = [], [], []
        self.hook, self.kind, self.priority = "input", "filter", 0
        self.lines.append(f"table {self.family} t{number} {{")
        if self.family != "netdev" or True:
            self.set_blocks(number)
        count = self.random.randint(0, 3)
        names = [f"u{number}x{i}" for i in range(count)]
        # Rules of a chain may go to the chains before it in the text.
        for depth, name in enumerate(names):
            self.hook, self.kind = ("ingress", "filter") if self.family == "netdev" \
                else ("any", "filter")
            self.lines.append(f"  chain {name} {{")
            for _ in range(self.random.randint(1, 5)):
                self.lines.append("    " + self.rule(name, None))
            self.lines.append("  }")
            self.targets.append(name)
        for place in range(self.random.randint(1, 4)):
            self.base_chain(number, place)
        self.lines.append("}")

    def set_blocks(self, number):
        for place in range(self.random.randint(0, 3)):
            kind = self.pick("address4", "address6", "port", "pair4", "map")
            name = f"s{number}x{place}"
            if kind == "map":
                self.maps.append(name)
                body = "type inet_service : verdict; flags interval; " \
                    f"elements = {{ 22 : {self.pick('accept', 'drop')}, 80-90 : accept, 7000 : drop }}"
                self.lines.append(f"  map {name} {{ {body}; }}")
                continue
            self.sets.append((name, kind))
            if kind == "address4":
                body = f"type ipv4_addr; flags interval; elements = {self.address_set(4)}"
            elif kind == "address6":
                body = f"type ipv6_addr; flags interval; elements = {self.address_set(6)}"
            elif kind == "port":
                body = "type inet_service; flags interval; elements = { 22, 80-90, 5000-6000 }"
            else:
                body = "type ipv4_addr . inet_service; flags interval; elements = { " \
                    f"{self.prefix(4)} . {self.port()} }}"
            self.lines.append(f"  set {name} {{ {body}; }}")

    def base_chain(self, number, place):
        if self.family == "netdev":
            self.hook, self.kind, self.priority = "ingress", "filter", self.pick(0, -300, 10)
            head = f'type filter hook ingress device "{self.pick("eth0", "eth1")}" priority {self.priority}'
        else:
            self.hook = self.random.choices(
                ["input", "prerouting", "forward", "postrouting"], weights=[5, 3, 3, 1])[0]
            self.kind = "filter"
            if self.hook in ("prerouting", "postrouting") and self.chance(0.5):
                self.kind = "nat"
            if self.kind == "nat":
                self.priority = self.pick(-100, -100, -50, 0, 10) if self.hook == "prerouting" else 100
            else:
                self.priority = self.pick(0, 0, -10, 10, -150, -300, 50, 150, -450)
            head = f"type {self.kind} hook {self.hook} priority {self.priority}"
        policy = self.pick("accept", "drop") if self.kind == "filter" else \
            self.pick("accept", "accept", "accept", "drop")
        if self.hook in ("prerouting", "postrouting", "ingress") and self.chance(0.6):
            policy = "accept"
        self.lines.append(f"  chain b{number}x{place} {{")
        self.lines.append(f"    {head}; policy {policy};")
        for _ in range(self.random.randint(0, 8)):
            self.lines.append("    " + self.rule(None, None))
        self.lines.append("  }")
