#!/usr/bin/env python3
"""Random configurations of firewalld, and whether what is computed from them is what it loads.

    firewalld.py generate DIRECTORY --count N --seed N --release 12|13
    firewalld.py compare DIRECTORY

`generate` writes DIRECTORY/<n>/etc/firewalld/…; `firewalld.sh` runs firewalld with each and writes what the program
says of both layers to DIRECTORY/<n>/{flows,gaps}; `compare` holds the layers against each other.
Exit status 1: a configured layer says something else than the running one, and says it for certain.
"""

import argparse
import os
import random
import sys
from xml.sax.saxutils import quoteattr

STOCK = ["block", "dmz", "drop", "external", "home", "internal", "public", "trusted", "work"]
SERVICES = ["ssh", "http", "https", "mdns", "dhcpv6-client", "ftp", "samba", "gre", "ipsec", "vnc-server", "sip",
            "upnp-client", "bacula", "dns", "llmnr", "mine"]
BLOCKS = ["echo-request", "echo-reply", "timestamp-request", "redirect", "destination-unreachable", "port-unreachable",
          "router-advertisement", "packet-too-big", "host-unreachable", "time-exceeded"]
SOURCES4 = ["10.1.0.0/16", "10.1.2.0/24", "192.0.2.7", "198.51.100.9/24", "203.0.113.0/25", "0.0.0.0/1", "10.0.0.0/8"]
SOURCES6 = ["2001:db8:1::/48", "2001:db8:1::5", "fe80::/10", "2001:db8::/32"]
PORTS = ["80", "443", "5432", "1000-2000", "1500-2500", "53", "8080", "65535", "22", "1-1023"]


def element(name, attributes=None, inner=None):
    """An element of XML in one line."""
    text = "".join(f" {key}={quoteattr(str(value))}" for key, value in (attributes or {}).items())
    return f"<{name}{text}/>" if inner is None else f"<{name}{text}>{inner}</{name}>"


class Generator:
    """One configuration."""

    def __init__(self, rng, release):
        self.rng = rng
        self.release = release
        self.files = {}
        self.taken = set()

    def some(self, chance):
        return self.rng.random() < chance

    def pick(self, values):
        return self.rng.choice(values)

    def port(self):
        return {"port": self.pick(PORTS), "protocol": self.pick(["tcp", "tcp", "udp", "sctp"])}

    def once(self, values):
        """One of the values that no other zone has."""
        left = [value for value in values if value not in self.taken]
        if not left:
            return None
        value = self.pick(left)
        self.taken.add(value)
        return value

    def rule(self):
        """A rule of the rich language."""
        family = self.pick(["ipv4", "ipv6", None])
        inner, attributes = [], {}
        if family:
            attributes["family"] = family
        addresses = SOURCES4 if family == "ipv4" else SOURCES6
        if family and self.some(0.7):
            source = {"address": self.pick(addresses)}
            if self.some(0.2):
                source["invert"] = "True"
            inner.append(element("source", source))
        elif not family and self.some(0.2):
            inner.append(element("source", {"mac": "02:00:00:00:00:0%d" % self.rng.randrange(9)}))
        elif family == "ipv4" and self.some(0.5) and "ipsets/friends.xml" in self.files:
            inner.append(element("source", {"ipset": "friends"}))
        priority = self.pick([0, 0, 0, -10, 10, -3, 7])
        if priority:
            attributes["priority"] = priority
        kind = self.pick(["service", "port", "protocol", "source-port", "icmp-type", "icmp-block", "forward-port", None])
        if kind == "service":
            inner.append(element("service", {"name": self.pick([name for name in SERVICES if name != "mine"])}))
        elif kind in ("port", "source-port"):
            inner.append(element(kind, self.port()))
        elif kind == "protocol":
            inner.append(element("protocol", {"value": self.pick(["gre", "esp", "89", "tcp"])}))
        elif kind in ("icmp-type", "icmp-block"):
            names = ["echo-request", "redirect", "time-exceeded"]
            inner.append(element(kind, {"name": self.pick(names)}))
        elif kind == "forward-port" and family:
            to = {"to-port": self.pick(["2222", "8080"])} if self.some(0.5) else {
                "to-addr": "192.0.2.77" if family == "ipv4" else "2001:db8::77"}
            inner.append(element(kind, {**self.port(), **to}))
            return element("rule", attributes, "".join(inner))
        elif not inner and not priority:
            return element("rule", {"family": "ipv4"},
                           element("source", {"address": self.pick(SOURCES4)}) + element("accept"))
        if kind != "icmp-block":
            if self.some(0.2):
                inner.append(element("log", {"prefix": "seen", "level": "info"}))
            # One action for all rules of a priority: their order among themselves is not the same everywhere.
            action = {-10: "drop", 10: "accept", -3: "accept", 7: "reject"}.get(priority)
            action = action or self.pick(["accept", "accept", "drop", "reject"])
            limit = element("limit", {"value": "5/m"}) if self.some(0.15) else None
            inner.append(element(action, None, limit))
        return element("rule", attributes, "".join(inner))

    def common(self, size):
        """What zones and policies have in common."""
        lines = []
        for _ in range(self.rng.randrange(size)):
            kind = self.pick(["service", "service", "port", "port", "protocol", "source-port", "rule", "rule"])
            if kind == "service":
                lines.append(element("service", {"name": self.pick(SERVICES)}))
            elif kind in ("port", "source-port"):
                lines.append(element(kind, self.port()))
            elif kind == "protocol":
                lines.append(element("protocol", {"value": self.pick(["gre", "igmp", "112"])}))
            else:
                lines.append(self.rule())
        return lines

    def zone(self, name):
        attributes = {}
        target = self.pick([None, None, None, "default", "ACCEPT", "DROP", "%%REJECT%%"])
        if target:
            attributes["target"] = target
        if self.release == 13 and self.some(0.3):
            attributes["ingress-priority"] = self.pick([-5, 5, 1])
            attributes["egress-priority"] = self.pick([-5, 5])
        lines = self.common(7)
        for _ in range(self.rng.randrange(3)):
            lines.append(element("icmp-block", {"name": self.pick(BLOCKS)}))
        if self.some(0.2):
            lines.append("<icmp-block-inversion/>")
        if self.some(0.25):
            lines.append("<masquerade/>")
        if self.some(0.5):
            lines.append("<forward/>")
        if self.some(0.3):
            lines.append(element("forward-port", {**self.port(), **self.pick([
                {"to-port": "2222"}, {"to-addr": "192.0.2.77"}, {"to-addr": "2001:db8::77", "to-port": "99"},
                {"to-port": "3000-3010"}])}))
        if self.some(0.5) and (interface := self.once(["eth0", "eth1", "eth+", "wg0"])):
            lines.append(element("interface", {"name": interface}))
        if self.some(0.5) and (source := self.once(SOURCES4 + SOURCES6 + ["02:00:00:00:00:01"])):
            lines.append(element("source", {"address": source}))
        if "ipsets/friends.xml" in self.files and self.some(0.3) and self.once(["ipset"]):
            lines.append(element("source", {"ipset": "friends"}))
        self.rng.shuffle(lines)
        self.files[f"zones/{name}.xml"] = "\n".join([
            '<?xml version="1.0" encoding="utf-8"?>', element("zone", attributes, "\n" + "\n".join(lines) + "\n")])

    def policy(self, name):
        ends = self.pick([("ANY", "HOST"), ("ANY", "HOST"), ("public", "HOST"), ("internal", "HOST"), ("public", "ANY"),
                          ("HOST", "ANY")])
        attributes = {"target": self.pick(["CONTINUE", "CONTINUE", "ACCEPT", "DROP", "REJECT"]),
                      "priority": self.pick([-100, -1, 1, 50])}
        lines = [element("ingress-zone", {"name": ends[0]}), element("egress-zone", {"name": ends[1]})] + self.common(4)
        lines = [line for line in lines if "forward-port" not in line]
        self.files[f"policies/{name}.xml"] = element("policy", attributes, "\n".join(lines))

    def settings(self):
        lines = [f"DefaultZone={self.pick(STOCK + ['public', 'public', 'mine', 'lost'])}"]
        if self.some(0.5):
            words = ["yes", "no"] + (["strict", "loose", "loose-forward", "strict-forward"] if self.release == 13 else [])
            lines.append(f"IPv6_rpfilter={self.pick(words)}")
        if self.some(0.3):
            lines.append(f"RFC3964_IPv4={self.pick(['yes', 'no'])}")
        if self.some(0.3):
            lines.append(f"LogDenied={self.pick(['all', 'unicast', 'off'])}")
        if self.release == 13 and self.some(0.4):
            lines.append(f"StrictForwardPorts={self.pick(['yes', 'no'])}")
        if self.release == 13 and self.some(0.2):
            lines.append("NftablesCounters=yes")
        self.files["firewalld.conf"] = "\n".join(["# settings", *lines, ""])

    def services(self):
        inner = [element("port", {"port": "4000-4010", "protocol": "tcp"}), element("port", {"port": "4000", "protocol": "udp"})]
        if self.some(0.4):
            inner.append(element("include", {"service": "http"}))
        if self.some(0.3):
            inner.append(element("destination", self.pick([
                {"ipv4": "192.0.2.1"}, {"ipv6": "2001:db8::/64"}, {"ipv4": "224.0.0.0/4", "ipv6": "ff02::fb"}])))
        if self.some(0.3):
            inner.append(element("source-port", {"port": "68", "protocol": "udp"}))
        if self.some(0.3):
            inner.append(element("protocol", {"value": "ah"}))
        self.files["services/mine.xml"] = element("service", {}, "".join(inner))
        if self.some(0.3):
            self.files["services/ssh.xml"] = element(
                "service", {}, element("port", {"port": "2222", "protocol": "tcp"}))

    def ipset(self):
        entries = "".join(element("entry", None, entry) for entry in ["198.51.100.1", "198.51.100.64/26", "10.7.0.0/16"])
        self.files["ipsets/friends.xml"] = element("ipset", {"type": "hash:net"}, entries)

    def breakage(self):
        """Something that firewalld does not take, or that is not followed."""
        kind = self.pick(["cut", "element", "service", "twice", "direct", "doctype", "empty", "attribute"])
        if kind == "cut":
            self.files["zones/work.xml"] = "<zone><service name='ssh'>"
        elif kind == "element":
            self.files["services/odd.xml"] = "<service><portal port='1' protocol='tcp'/></service>"
        elif kind == "service":
            self.files["zones/work.xml"] = "<zone><service name='nowhere'/></zone>"
        elif kind == "twice":
            self.files["zones/work.xml"] = "<zone><interface name='eth7'/></zone>"
            self.files["zones/home.xml"] = "<zone><interface name='eth7'/></zone>"
        elif kind == "direct":
            self.files["direct.xml"] = ("<direct><rule priority='0' table='filter' ipv='ipv4' chain='INPUT'>"
                                        "-p tcp --dport 80 -j DROP</rule></direct>")
        elif kind == "doctype":
            self.files["zones/work.xml"] = "<!DOCTYPE zone [<!ENTITY a 'ssh'>]><zone><service name='&a;'/></zone>"
        elif kind == "empty":
            self.files["zones/home.xml"] = ""
        else:
            self.files["zones/home.xml"] = "<zone><port port='1' protocol='tcp' colour='red'/></zone>"

    def make(self):
        if self.some(0.4):
            self.ipset()
        self.services()
        names = self.rng.sample(STOCK + ["mine", "a-b_c"], self.rng.randrange(1, 5))
        for name in names:
            self.zone(name)
        if self.some(0.5):
            self.policy("extra")
        self.settings()
        if self.some(0.2):
            self.breakage()
        return self.files


def generate(options):
    rng = random.Random(options.seed)
    for number in range(options.count):
        files = Generator(random.Random(rng.random()), options.release).make()
        for name, text in files.items():
            path = os.path.join(options.directory, f"{number:03}", "etc/firewalld", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)


def read(directory):
    """The flows of both layers with whether they are certain, and the layers that are not known."""
    layers = {"running": {}, "configured": {}}
    unknowns = {"running": 0, "configured": 0}
    with open(os.path.join(directory, "flows"), encoding="utf-8") as file:
        for line in file:
            words = line.split(None, 2)
            if len(words) < 3 or words[0] not in layers:
                continue
            layer, kind, flow = words[0], words[1], words[2].strip()
            if kind == "unknown":
                unknowns[layer] += 1
                continue
            flow = flow.removesuffix(f", {layer}").removesuffix(", possibly")
            layers[layer][flow] = kind == "certain"
    with open(os.path.join(directory, "gaps"), encoding="utf-8") as file:
        gaps = file.read().strip()
    return layers["running"], layers["configured"], unknowns, gaps


def judge(directory):
    """A word for a configuration, and what is wrong with it."""
    running, configured, unknowns, gaps = read(directory)
    if "packet_flows" in gaps:
        return ("unknown", "") if running or "configured" in gaps else ("nothing", gaps)
    if running == configured:
        return "same", ""
    missing = [flow for flow in running if flow not in configured]
    false = [flow for flow, certain in configured.items() if certain and flow not in running]
    if unknowns["configured"]:
        return "open", ""
    if not missing and not false:
        return "either", ""
    return "WRONG", "\n".join([f"  - {flow}" for flow in missing] + [f"  + {flow}" for flow in false])


def compare(options):
    counts = {}
    for name in sorted(os.listdir(options.directory)):
        directory = os.path.join(options.directory, name)
        if not os.path.isdir(directory):
            continue
        if not os.path.exists(os.path.join(directory, "flows")):
            word, text = "nothing", ""
        else:
            word, text = judge(directory)
        counts[word] = counts.get(word, 0) + 1
        print(f"{name} {word}")
        if text:
            print(text)
    print(", ".join(f"{word}: {count}" for word, count in sorted(counts.items())))
    return 1 if counts.get("WRONG") or counts.get("nothing") or not counts.get("same") else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("generate")
    command.add_argument("directory")
    command.add_argument("--count", type=int, default=40)
    command.add_argument("--seed", type=int, default=20261129)
    command.add_argument("--release", type=int, choices=[12, 13], default=12)
    command = commands.add_parser("compare")
    command.add_argument("directory")
    options = parser.parse_args()
    return generate(options) or 0 if options.command == "generate" else compare(options)


if __name__ == "__main__":
    sys.exit(main())
