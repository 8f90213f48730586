"""Records what the kernel tells of rules, for the tests of the reader of its bytes.

For each file of the directory it loads the rules in a network namespace of their own, beside the
interfaces `lo` and `eth0`, and writes what nft or iptables lists (`.listing`) and the dump (`.hex`)
beside it.
"""

import os
import sys

import kernel
from namespaces import run, unshare


def record(path):
    unshare()
    run("ip", "-batch", "-", text="link set lo up\nlink add eth0 type veth peer name peer0\n")
    base, kind = path.rsplit(".", 1)
    with open(path) as file:
        rules = file.read()
    if kind == "nft":
        run("nft", "-f", "-", text=rules)
        listing = run("nft", "list", "ruleset").stdout
    else:
        run("iptables-nft-restore", text=rules)
        listing = run("iptables-nft-save").stdout
        # What names the moment is no part of the rules.
        listing = "\n".join(line for line in listing.split("\n") if not line.startswith("#"))
    with open(f"{base}.listing", "w") as file:
        file.write(listing)
    dump = kernel.dump().hex()
    with open(f"{base}.hex", "w") as file:
        file.write("\n".join(kernel.links()) + "\n")
        file.writelines(dump[start:start + 96] + "\n" for start in range(0, len(dump), 96))


def main(directory):
    for name in sorted(os.listdir(directory)):
        if not name.endswith((".nft", ".iptables")):
            continue
        child = os.fork()
        if child == 0:
            try:
                record(os.path.join(directory, name))
            except (OSError, RuntimeError) as error:
                print(f"{name}: {error}", file=sys.stderr)
                os._exit(1)
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
