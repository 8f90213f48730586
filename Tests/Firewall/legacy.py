"""Random rulesets for iptables, in the forms that its -restore programs load."""

import re

from namespaces import run
from packets import ICMP4, ICMP6, OTHER4, OTHER6, OWN4, OWN6, PORTS, SOURCES4, SOURCES6

SETS = """create hosts hash:ip
add hosts 10.1.2.3
add hosts 203.0.113.9
create nets hash:net
add nets 10.20.0.0/16
add nets 10.20.0.0/24 nomatch
create pairs hash:ip,port
add pairs 10.1.2.3,tcp:22
add pairs 203.0.113.5,udp:53
add pairs 8.8.8.8,icmp:8/0
create ports bitmap:port range 0-65535
add ports 22
add ports 80-90
create nets6 hash:net family inet6
add nets6 2001:db8:5::/48
add nets6 fd00:20::/32
create triple hash:ip,port,net
add triple 192.0.2.50,tcp:80,192.0.2.0/24
"""


def uses_sets(text):
    return "--match-set" in text


class Tables:
    """Rules of one family; `text` loads with `iptables-restore` or `ip6tables-restore`."""

    BUILT_IN = {
        "raw": ["PREROUTING"], "mangle": ["PREROUTING", "INPUT", "FORWARD", "POSTROUTING"],
        "nat": ["PREROUTING", "POSTROUTING"], "filter": ["INPUT", "FORWARD"],
        "security": ["INPUT", "FORWARD"],
    }

    def __init__(self, random, family, opaque):
        self.random, self.family, self.opaque = random, family, opaque
        self.sources = SOURCES4 if family == 4 else SOURCES6
        self.targets4 = OWN4 + OTHER4 if family == 4 else OWN6 + OTHER6
        self.icmp = "icmp" if family == 4 else "ipv6-icmp"
        lines = []
        for table, share in (("raw", 0.3), ("mangle", 0.4), ("nat", 0.5), ("filter", 0.95),
                             ("security", 0.1)):
            if random.random() < share:
                lines += self.table(table)
        self.text = "\n".join(lines) + "\n"

    def pick(self, *options):
        return self.random.choice(options)

    def port(self):
        return str(self.random.choice(PORTS))

    def ports(self):
        return ",".join(self.pick(self.port(), "1024:2048", "80:443") for _ in
                        range(self.random.randint(1, 4)))

    def prefix(self, address):
        import ipaddress
        length = self.pick(8, 16, 20, 24, 30, 32) if self.family == 4 else self.pick(16, 32, 48, 64, 128)
        return str(ipaddress.ip_network(f"{address}/{length}", strict=False))

    def match(self, table, chain):
        no = self.pick("", "", "! ")
        source, target = self.random.choice(self.sources), self.random.choice(self.targets4)
        options = [
            f"{no}-s {self.prefix(source)}", f"{no}-d {self.prefix(target)}",
            f"-p tcp -m tcp {no}--dport {self.port()}", f"-p udp -m udp {no}--dport {self.port()}",
            f"-p tcp -m tcp {no}--dport 1000:9000", f"-p udp -m udp {no}--sport 53",
            f"-p tcp -m multiport {no}--dports {self.ports()}",
            f"-p udp -m multiport {no}--ports {self.ports()}",
            f"-p tcp -m multiport --sports 53,1024:2000",
            f"{no}-p {self.pick('tcp', 'udp', self.icmp, '47')}",
            "-p tcp -m tcp --syn", f"-p tcp -m tcp {no}--tcp-flags FIN,SYN,RST,ACK SYN",
            "-p tcp -m tcp --tcp-flags URG URG", f"-m mark {no}--mark 0x{self.pick(0, 1, 2)}",
            f"-m mark {no}--mark 0x1/0x1", f"-m pkttype {no}--pkt-type {self.pick('unicast', 'multicast', 'broadcast')}",
            f"-m length {no}--length 40:120",
            '-m comment --comment "a -j ACCEPT of nothing"', f"-m dscp {no}--dscp 0x{self.pick('00', '2e', '08')}",
        ]
        options += [f"-m iprange {no}--src-range {self.range(source)}"]
        if self.family == 4:
            options += ["-m ttl --ttl-lt 5", f"-m ttl {no}--ttl-eq 64",
                        f"-p icmp -m icmp {no}--icmp-type {self.pick('8', '3/4', '3', *map(str, ICMP4))}"]
        else:
            options += ["-m hl --hl-lt 5", f"-m hl {no}--hl-eq 64",
                        f"-p ipv6-icmp -m icmp6 {no}--icmpv6-type {self.pick(*map(str, ICMP6))}"]
        if chain in ("PREROUTING", "INPUT", "FORWARD"):
            options += [f"{no}-i eth0", f"{no}-i eth+", "-i wg0", f"{no}-m mac".replace("! -m mac", "-m mac !") +
                        " --mac-source 02:00:00:00:00:20"]
        if chain in ("FORWARD", "POSTROUTING"):
            options += [f"{no}-o eth1", f"{no}-o eth0"]
        if chain in ("PREROUTING", "INPUT"):
            options += [f"-m addrtype {no}--dst-type {self.pick('LOCAL', 'MULTICAST', 'LOCAL,BROADCAST')}",
                        f"-m addrtype {no}--src-type {self.pick('LOCAL', 'UNICAST')}",
                        "-m addrtype --dst-type LOCAL --limit-iface-in"]
        options += [f"-m conntrack {no}--ctstate {self.pick('NEW', 'RELATED,ESTABLISHED', 'INVALID', 'NEW,UNTRACKED', 'DNAT', 'INVALID,DNAT')}",
                    f"-m state {no}--state {self.pick('NEW', 'RELATED,ESTABLISHED', 'INVALID')}",
                    f"-m connmark {no}--mark 0x{self.pick(0, 1)}",
                    f"-m conntrack {no}--ctorigdstport {self.port()}",
                    f"-m conntrack {no}--ctorigdst {self.prefix(target)}",
                    f"-m conntrack {no}--ctstatus {self.pick('NONE', 'CONFIRMED', 'ASSURED')}"]
        if self.family == 4:
            options += [f"-m set {no}--match-set {self.pick('hosts', 'nets')} {self.pick('src', 'dst')}",
                        f"-m set {no}--match-set pairs src,dst", f"-m set {no}--match-set ports dst",
                        f"-m set {no}--match-set triple src,dst,dst"]
        else:
            options += [f"-m set {no}--match-set nets6 src", f"-m set {no}--match-set ports dst"]
        if self.opaque:
            options += ["-m limit --limit 5/min", "-m statistic --mode random --probability 0.5",
                        "-m connlimit --connlimit-above 3", "-m recent --name k --rcheck --seconds 60",
                        "-m recent --name k --set",
                        "-m string --algo bm --string GET", "-m u32 --u32 0=0",
                        "-m hashlimit --hashlimit-upto 5/min --hashlimit-name h",
                        "-m time --timestart 08:00 --timestop 18:00"]
        return self.random.choice(options)

    def range(self, source):
        import ipaddress
        first = ipaddress.ip_address(source)
        return f"{first}-{first + 300}"

    def verdict(self, table, chain, chains):
        options = ["ACCEPT", "ACCEPT", "DROP", "DROP", "RETURN"]
        if table == "filter":
            options += ["REJECT"]
        goes = [f"-j {name}" for name in chains] + [f"-g {name}" for name in chains]
        if goes and self.random.random() < 0.35:
            return self.random.choice(goes)
        if table == "mangle" and self.random.random() < 0.5:
            return self.pick("-j MARK --set-xmark 0x1/0xffffffff", "-j MARK --set-xmark 0x2/0x2",
                             "-j MARK --and-mark 0x1", "-j MARK --or-mark 0x2", "-j MARK --xor-mark 0x3",
                             "-j CONNMARK --save-mark", "-j CONNMARK --set-xmark 0x1/0x1",
                             "-j CONNMARK --restore-mark")
        if table == "raw" and self.random.random() < 0.3:
            return "-j CT --notrack"
        if table == "nat" and self.random.random() < 0.7:
            target = self.random.choice(self.targets4)
            bracket = f"[{target}]" if self.family == 6 else target
            if chain == "PREROUTING":
                return self.pick(f"-p tcp -j REDIRECT --to-ports {self.port()}", "-j REDIRECT",
                                 f"-j DNAT --to-destination {target}",
                                 f"-p tcp -j DNAT --to-destination {bracket}:{self.port()}",
                                 f"-p udp -j DNAT --to-destination {bracket}:{self.port()}")
            if chain == "POSTROUTING":
                own = (OWN4 if self.family == 4 else OWN6)[0]
                return self.pick("-j MASQUERADE", f"-j SNAT --to-source {own}")
        return "-j " + self.random.choice(options)

    def rule(self, table, chain, chains, name):
        matches = [self.match(table, chain) for _ in range(self.random.choice([0, 1, 1, 2, 2]))]
        verdict = self.verdict(table, chain, chains)
        if not matches and verdict in ("-j DROP", "-j ACCEPT", "-j REJECT"):
            matches = [f"-p tcp -m tcp --dport {self.port()}"]
        text = " ".join(matches + [verdict])
        # iptables-nft-save 1.8.9 prints one of two matches of the same kind.
        modules = re.findall(r"-m (tcp|udp|multiport|mark|connmark|conntrack|state|set|ttl|hl)\b", text)
        if len(set(modules)) < len(modules):
            return self.rule(table, chain, chains, name)
        # One protocol for each rule.
        protocols = re.findall(r"(?:! )?-p \S+", text)
        if len(protocols) > 1:
            keep = next((p for p in protocols if not p.startswith("!")), protocols[0])
            if any(p.split()[-1] != keep.split()[-1] or p.startswith("!") for p in protocols):
                return self.rule(table, chain, chains, name)
            text = keep + " " + re.sub(r"\s*-p \S+", "", text).strip()
        if "REJECT" in text and "-g" in text:
            text = text.replace("REJECT", "DROP")
        return f"-A {name} {text}"

    def table(self, table):
        lines = [f"*{table}"]
        chains = [f"{table}-u{i}" for i in range(self.random.randint(0, 2))]
        for chain in self.BUILT_IN[table]:
            policy = "ACCEPT" if table == "nat" else self.pick("ACCEPT", "ACCEPT", "DROP")
            if chain in ("PREROUTING", "POSTROUTING") and self.random.random() < 0.7:
                policy = "ACCEPT"
            lines.append(f":{chain} {policy} [0:0]")
        lines += [f":{name} - [0:0]" for name in chains]
        for place, name in enumerate(chains):
            for _ in range(self.random.randint(1, 4)):
                # What a chain of the user asks for must be right at every hook.
                lines.append(self.rule(table, "ANY", chains[place + 1:], name))
        for chain in self.BUILT_IN[table]:
            for _ in range(self.random.randint(0, 6)):
                lines.append(self.rule(table, chain, chains, chain))
        return lines + ["COMMIT"]


def load(random, kind, opaque):
    """Loads rules of both families; lines that are refused are taken out."""
    run("ipset", "restore", text=SETS)
    texts = []
    for family, program in ((4, "iptables"), (6, "ip6tables")):
        text = Tables(random, family, opaque).text
        for _ in range(80):
            done = run(f"{program}-{kind}-restore", text=text, check=False)
            if done.returncode == 0:
                break
            found = re.search(r"line:? (\d+)", done.stderr)
            lines = text.split("\n")
            number = int(found.group(1)) if found else 0
            if number and lines[number - 1].startswith("-A"):
                lines[number - 1] = "#"
            else:
                # The kernel names no line: the last rules go first.
                rules = [n for n, line in enumerate(lines) if line.startswith("-A")]
                if not rules:
                    return None
                lines[random.choice(rules)] = "#"
            text = "\n".join(lines)
        else:
            return None
        texts.append(text)
    return "\n".join(texts)
