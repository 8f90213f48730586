"""Writes documents that nobody writes by accident: `hostile.py PARSER DIRECTORY [SEED …]`.

Seeds that are cut anywhere, what nests 10,000 deep, and sets of a million elements.
"""

import os
import struct
import sys

MILLION = 1_000_000
DEPTH = 10_000
# How many cut documents are enough.
CUTS = 5_000


def prefixes(count=MILLION):
    """Networks that do not touch."""
    for number in range(count):
        first = 0x01000000 + number * 512
        yield f"{first >> 24}.{first >> 16 & 255}.{first >> 8 & 255}.0/24"


def lines(*parts):
    return "".join(part + "\n" for part in parts).encode()


def nft_heads():
    return ["", "table inet t { chain c { tcp dport ", "table inet t { chain c { ip saddr ",
            "table inet t { set s { type ipv4_addr; elements = ", "define x = "]


def nft_levels():
    return ["{", "(", "{ {", "table t {", "chain c {", "ip saddr {", "jump ", ". ", "! ", "$x",
            "1 : ", "meta mark & ", "ip saddr vmap { 1.1.1.1 : ", "map { 1 : "]


def nft():
    yield "elements", lines(
        "table inet t {", "set s { type ipv4_addr; flags interval",
        "elements = { " + ",\n".join(prefixes()) + " } }",
        "chain c { type filter hook input priority 0; policy drop; ip saddr @s drop; }", "}")
    yield "verdicts", lines(
        "table inet t {", "map m { type ipv4_addr : verdict; flags interval",
        "elements = { " + ", ".join(f"{prefix} : drop" for prefix in prefixes(500_000)) + " } }",
        "}")
    yield "inline", lines(
        "table inet t {", "chain c { type filter hook input priority 0; policy drop;",
        "ip saddr { " + ", ".join(prefixes()) + " } drop }", "}")
    for place, head in enumerate(nft_heads()):
        for number, level in enumerate(nft_levels()):
            yield f"deep-{place}-{number}", (head + level * DEPTH).encode()


def nftfile():
    yield from nft()
    head = ["add table t", "add set t s { type ipv4_addr; flags interval; }",
            "add map t m { type ipv4_addr : verdict; flags interval; }"]
    yield "added", lines(*head, *(f"add element t s {{ {prefix} }}" for prefix in prefixes()))
    yield "mapped", lines(
        *head, *(f"add element t m {{ {prefix} : drop }}" for prefix in prefixes(500_000)))
    yield "mixed", lines(
        *head, "add chain t c",
        *(f"add element t s {{ {prefix} }}\nadd rule t c ip saddr @s drop\nflush set t m"
          for prefix in prefixes(200_000)))
    yield "included", lines('include "part.nft"') * 8
    doubling = [f"define v{number} = {{ $v{number - 1}, $v{number - 1} }}"
                for number in range(1, 64)]
    yield "doubled", lines("define v0 = 10.0.0.1", *doubling)


def xtables():
    head = ["*filter", ":INPUT DROP [0:0]"]
    yield "sets", lines(
        *head, *(f"-A INPUT -m set --match-set bad{number} src -j DROP"
                 for number in range(300_000)), "COMMIT")
    yield "addresses", lines(
        *head, *(f"-A INPUT -s {prefix} -j DROP" for prefix in prefixes(400_000)), "COMMIT")
    yield "chains", lines(
        *head, *(f":c{number} - [0:0]" for number in range(200_000)),
        *(f"-A c{number} -j c{number + 1}" for number in range(199_999)), "COMMIT")
    for number, part in enumerate(["! ", "-m tcp ", "-j ", "-p tcp ", "\"", "-m multiport ", "("]):
        yield f"deep-{number}", lines(*head, "-A INPUT " + part * DEPTH, "COMMIT")


def ipset():
    create = "create s hash:net family inet maxelem 1000000"
    yield "elements", lines(create, *("add s " + prefix for prefix in prefixes()))
    yield "exceptions", lines(
        create, "add s 0.0.0.0/1", *(f"add s {prefix} nomatch" for prefix in prefixes(500_000)))
    yield "tuples", lines(
        "create s hash:net,port family inet maxelem 1000000",
        *(f"add s {prefix},tcp:22" for prefix in prefixes(500_000)))
    lists = [f"create l{number} list:set" for number in range(DEPTH)]
    yield "lists", lines(
        *lists, *(f"add l{number} l{number + 1}" for number in range(DEPTH - 1)))
    yield "members", lines(
        create, "create l list:set", *["add l s"] * 500_000)


def attribute(kind, value):
    if isinstance(value, str):
        value = value.encode() + b"\0"
    if isinstance(value, list):
        kind, value = kind | 0x8000, b"".join(value)
    return struct.pack("<HH", len(value) + 4, kind) + value + b"\0" * (-len(value) % 4)


def number(kind, value):
    return attribute(kind, struct.pack(">I", value))


def message(kind, *attributes):
    body = bytes([1, 0, 0, 0]) + b"".join(attributes)
    return struct.pack("<IHHII", len(body) + 16, 0x0A00 | kind, 0, 0, 0) + body


DONE = struct.pack("<IHHIIi", 20, 3, 0, 0, 0, 0)


def expression(name, *attributes):
    return attribute(1, [attribute(1, name), attribute(2, list(attributes))])


def dump(sets, elements):
    """What the kernel tells of a chain that drops what comes from a set."""
    drop = attribute(2, [attribute(2, [number(1, 0)])])
    handle = attribute(3, struct.pack(">Q", 1))
    rule = message(6, attribute(1, "t"), attribute(2, "c"), handle, attribute(4, [
        expression("payload", number(1, 1), number(2, 1), number(3, 12), number(4, 4)),
        expression("lookup", attribute(1, "s"), number(2, 1)),
        expression("immediate", number(1, 0), drop)]))
    chain = message(3, attribute(1, "t"), attribute(3, "c"),
                    attribute(4, [number(1, 1), number(2, 0)]), number(5, 0),
                    attribute(7, "filter"))
    generation = message(15, number(1, 1))
    parts = [generation, message(0, attribute(1, "t")), DONE, chain, DONE, rule, DONE, *sets, DONE,
             *elements, DONE, generation]
    return b"".join(parts)


def element(address, flags=0):
    return attribute(1, [attribute(1, [attribute(1, struct.pack(">I", address))]),
                         *([number(3, flags)] if flags else [])])


def netlink():
    def told(flags, keys):
        declared = message(9, attribute(1, "t"), attribute(2, "s"), number(3, flags),
                           number(4, 7), number(5, 4))
        messages = [message(12, attribute(1, "t"), attribute(2, "s"),
                            attribute(3, keys[start:start + 100]))
                    for start in range(0, len(keys), 100)]
        return dump([declared], messages)

    yield "addresses", told(0, [element(0x01000000 + 2 * place) for place in range(MILLION)])
    ranges = [end for place in range(MILLION, 0, -1)
              for end in (element(512 * place + 256, 1), element(512 * place))]
    yield "ranges", told(4, ranges)
    deep = b""
    for _ in range(DEPTH):
        deep = attribute(1, [deep]) if len(deep) < 65_000 else deep
    yield "deep", dump([message(9, attribute(1, "t"), attribute(2, "s"), deep)], [])


def firewalld():
    def file(name, *parts):
        return lines(f"=== {name}", *parts)

    yield "entries", file(
        "ipsets/a.xml", '<ipset type="hash:net">',
        *(f"<entry>{prefix}</entry>" for prefix in prefixes(38_000)), "</ipset>")
    yield "ports", file(
        "zones/a.xml", "<zone>", *(f'<port port="{number}" protocol="tcp"/>'
                                   for number in range(1, 25_000)), "</zone>")
    yield "rules", file(
        "zones/a.xml", "<zone>", *["<rule><protocol value='47'/><accept/></rule>"] * 20_000,
        "</zone>")
    yield "deep", file("zones/a.xml", "<zone>" * DEPTH)
    yield "services", b"".join(
        file(f"services/s{number}.xml", "<service>",
             *(f'<include service="s{(number + step) % 500}"/>' for step in range(1, 40)),
             '<port port="80" protocol="tcp"/></service>') for number in range(500)) + file(
        "zones/a.xml", "<zone>", *(f'<service name="s{number}"/>' for number in range(500)),
        "</zone>")
    yield "zones", b"".join(
        file(f"zones/z{number}.xml", f'<zone><interface name="i{number}"/></zone>')
        for number in range(4_000))
    yield "policies", b"".join(
        file(f"policies/p{number}.xml",
             '<policy target="DROP"><ingress-zone name="ANY"/><egress-zone name="HOST"/></policy>')
        for number in range(2_000)) + b"".join(
        file(f"zones/z{number}.xml", f'<zone><interface name="i{number}"/></zone>')
        for number in range(1_000))


def main(parser, directory, *seeds):
    documents = {"nft": nft, "nftfile": nftfile, "xtables": xtables, "ipset": ipset,
                 "netlink": netlink, "firewalld": firewalld}
    os.makedirs(directory, exist_ok=True)
    for name, document in documents[parser]():
        with open(os.path.join(directory, name), "wb") as file:
            file.write(document)
    texts = []
    for seed in seeds:
        with open(seed, "rb") as file:
            texts.append(file.read())
    step = 1 + sum(map(len, texts)) // CUTS
    for place, text in enumerate(texts):
        for end in range(0, len(text), step):
            with open(os.path.join(directory, f"cut-{place}-{end}"), "wb") as file:
                file.write(text[:end])


if __name__ == "__main__":
    main(*sys.argv[1:])
