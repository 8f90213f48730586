"""Holds the model of the firewall against the kernel.

Random rulesets are loaded in a network namespace, random packets are sent to it as raw frames
from another, and a detector behind all rules records what really passed. Not one packet may pass
that the model excludes.
"""

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import time

import kernel
import legacy
import native
from namespaces import Host, run
from packets import Packet

DETECTOR = """
table inet detector {
  set in4 { typeof ip id; flags dynamic; size 65535; }
  set in6 { typeof ip6 flowlabel; flags dynamic; size 65535; }
  set out4 { typeof ip id; flags dynamic; size 65535; }
  set out6 { typeof ip6 flowlabel; flags dynamic; size 65535; }
  chain input {
    type filter hook input priority 2147483647;
    add @in4 { ip id }
    add @in6 { ip6 flowlabel }
  }
  chain postrouting {
    type filter hook postrouting priority 2147483647;
    iifname "eth*" add @out4 { ip id }
    iifname "eth*" add @out6 { ip6 flowlabel }
  }
}
"""


class Mismatch(Exception):
    pass


def seen(name):
    text = run("nft", "list", "set", "inet", "detector", name).stdout
    body = re.search(r"elements = \{(.*?)\}", text, re.S)
    return {int(part, 0) for part in re.findall(r"0x[0-9a-f]+|\d+", body.group(1))} if body else set()


def load_native(text):
    """Loads with `nft -f`; lines that nft refuses are taken out until it takes the rest."""
    for _ in range(60):
        done = run("nft", "-f", "-", text=text, check=False)
        if done.returncode == 0:
            return text
        bad = {int(line) for line in re.findall(r"^(?:/dev/stdin|<stdin>|-):(\d+):", done.stderr, re.M)}
        bad |= {int(line) for line in re.findall(r"/dev/stdin:(\d+):", done.stderr)}
        lines = text.split("\n")
        removable = {n for n in bad if lines[n - 1].startswith("    ")
                     and not lines[n - 1].strip().startswith("type ")}
        if not removable:
            return None
        text = "\n".join("" if n + 1 in removable else line for n, line in enumerate(lines))
    return None


def documents(kind, text):
    """What the oracle is to read, one list of sections for each way to read it."""
    def section(head, body):
        lines = body.rstrip("\n").split("\n")
        return [f"{head} {len(lines)}"] + lines

    told = kernel.links() + [f"kernel {kernel.dump().hex()}"]
    if kind == "native":
        readings = {"kernel": told, "file": section("file", text)}
        listed = run("nft", "list", "ruleset", check=False)
        # Some rules that nft takes end its listing in an assertion; and it leaves out a next header before a
        # port, though behind extension headers the two differ. The other readings stay.
        lost = listed.stdout.count("ip6 nexthdr") < text.count("ip6 nexthdr")
        if listed.returncode != -signal.SIGABRT and not lost:
            readings["listing"] = kernel.links() + section("nft", listed.stdout)
        return readings
    sets = []
    if legacy.uses_sets(text):
        sets = section("ipset", run("ipset", "save").stdout)
        told = sets + kernel.ipset_names() + told
    sections = list(sets)
    for family, program in ((4, "iptables"), (6, "ip6tables")):
        done = run(f"{program}-{kind}-save")
        sections += section(f"xtables {family} {kind}", done.stdout)
    if kind == "legacy":
        return {"listing": sections}
    return {"kernel": told, "listing": sections}


def trial(seed, kind, count, oracle, opaque):
    rng = random.Random(seed)
    forwards = rng.random() < 0.8
    host = Host(forwards)
    try:
        if kind == "native":
            text = load_native(native.Native(rng, opaque).text)
        else:
            text = legacy.load(rng, kind, opaque)
        if text is None:
            return None
        readings = documents(kind, text)
        run("nft", "-f", "-", text=DETECTOR)
        used = set()
        packets = [Packet(rng, number + 1, used) for number in range(count)]
        for packet in packets:
            try:
                host.send(packet.port, packet.frame)
            except OSError:
                time.sleep(0.01)
                host.send(packet.port, packet.frame)
        time.sleep(0.1)
        passed = {"input": (seen("in4"), seen("in6")), "forward": (seen("out4"), seen("out6"))}
    finally:
        host.close()
    return compare(seed, kind, text, host, readings, packets, passed, oracle)


def compare(seed, kind, text, host, readings, packets, passed, oracle):
    result = {"packets": 0, "unsound": 0, "overclaimed": 0, "maybe": 0, "hidden": False,
              "in": 0, "compared": 0, "unequal": 0, "notes": []}
    compare_readers(host, readings, oracle, result)
    for name, sections in readings.items():
        lines = ["reset"] + host.description() + sections + ["analyse"]
        lines += [packet.question() for packet in packets]
        done = subprocess.run([oracle], input="\n".join(lines) + "\n", capture_output=True, text=True)
        answers = {}
        for line in done.stdout.splitlines():
            words = line.split()
            if words[0] == "answer":
                answers[int(words[1])] = words[2:]
            elif words[0] in ("error", "doubt"):
                result["notes"].append(f"{name}: {line}")
            elif words[0] == "analysed":
                result["hidden"] |= not line.endswith("[]")
                if not line.endswith("[]"):
                    result["notes"].append(f"{name}: {line}")
        if done.returncode != 0 or len(answers) != len(packets):
            result["notes"].append(f"{name}: oracle failed {done.returncode} {done.stderr[-300:]}")
            result["unsound"] += 1
            continue
        for packet in packets:
            way = 0 if packet.family == 4 else 1
            verdicts = answers[packet.number]
            result["packets"] += 1
            really = [packet.number in passed["input"][way], packet.number in passed["forward"][way]]
            result["in"] += any(really)
            if "maybe" in verdicts:
                result["maybe"] += 1
            for direction, verdict, did in zip(("input", "forward"), verdicts, really):
                if did and verdict == "out" or verdict == "error":
                    result["unsound"] += 1
                    result["notes"].append(f"UNSOUND {name} {direction} {verdict}: {packet}")
                if not did and verdict == "in":
                    result["overclaimed"] += 1
                    result["notes"].append(f"OVERCLAIMED {name} {direction}: {packet}")
    result["text"] = text
    return result


def compare_readers(host, readings, oracle, result):
    """The packets that the kernel's own bytes and the listing let in are the same, exactly."""
    if "kernel" not in readings or "listing" not in readings:
        return
    lines = ["reset"] + host.description() + readings["kernel"] + ["analyse", "against"]
    lines += readings["listing"] + ["analyse", "compare"]
    done = subprocess.run([oracle], input="\n".join(lines) + "\n", capture_output=True, text=True)
    answers = [line for line in done.stdout.splitlines() if line.startswith("equal")]
    opaque = [line for line in done.stdout.splitlines() if line.startswith("opaque")]
    if opaque:
        result["notes"] += opaque
        return
    result["compared"] = 1
    if len(answers) != 2 or any("false" in answer for answer in answers):
        result["unequal"] += 1
        result["notes"].append(f"UNEQUAL readers: {answers or done.stdout[-500:]}{done.stderr[-200:]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--oracle", required=True)
    parser.add_argument("--rulesets", type=int, default=60)
    parser.add_argument("--packets", type=int, default=400)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--kind", choices=["native", "nft", "legacy", "all"], default="all")
    parser.add_argument("--opaque", action="store_true")
    parser.add_argument("--keep", help="a directory for rulesets that show a difference")
    options = parser.parse_args()
    start = options.seed if options.seed is not None else random.SystemRandom().randrange(10 ** 9)
    print(f"seed {start}", flush=True)
    kinds = ["native", "native", "nft", "legacy"] if options.kind == "all" else [options.kind]
    total = {"rulesets": 0, "packets": 0, "unsound": 0, "overclaimed": 0, "maybe": 0, "hidden": 0,
             "in": 0, "compared": 0, "unequal": 0, "skipped": 0}
    for number in range(options.rulesets):
        kind = kinds[number % len(kinds)]
        seed = start + number
        result = isolated(seed, kind, options)
        if result is None:
            total["skipped"] += 1
            continue
        total["rulesets"] += 1
        for key in ("packets", "unsound", "overclaimed", "maybe", "in", "compared", "unequal"):
            total[key] += result[key]
        total["hidden"] += result["hidden"]
        if result["unsound"] or result["overclaimed"] or result["unequal"] or result["hidden"] or \
                any("doubt" in note or "error" in note for note in result["notes"]):
            print(f"-- {kind} {seed}", *result["notes"][:6], sep="\n   ", flush=True)
            if options.keep:
                with open(os.path.join(options.keep, f"{kind}-{seed}.rules"), "w") as file:
                    file.write(result["text"])
    print(" ".join(f"{key} {value}" for key, value in total.items()))
    sys.exit(1 if total["unsound"] or total["overclaimed"] or total["unequal"] or total["skipped"] else 0)


def isolated(seed, kind, options):
    """Runs a trial in a process of its own: its namespaces end with it."""
    import json
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            result = trial(seed, kind, options.packets, options.oracle, options.opaque)
        except Exception as error:
            result = {"packets": 0, "unsound": 1, "overclaimed": 0, "maybe": 0, "hidden": False,
                      "in": 0, "compared": 0, "unequal": 0, "notes": [f"error {error!r}"], "text": ""}
        with os.fdopen(write, "w") as pipe:
            json.dump(result, pipe)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    return json.loads(data) if data else None


if __name__ == "__main__":
    main()
