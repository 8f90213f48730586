"""Holds what the readers say of a loader's file against what the loader makes of it.

Valid rules, rules put together at random and spoilt ones are given to the loaders, which only try
them (`nft -c`, `iptables-restore --test`, `ipset restore`), and to the readers. A file that is
called loaded must be taken by each program that is given, one that is called refused by none.
"""

import argparse
import glob
import json
import os
import random
import subprocess
import sys
import tempfile

import legacy
import mutants
from namespaces import run, unshare

WORKERS = 12
# Kernels from 6.16 on take a chain of a device that is not there; those of Debian do not.
EXCUSED = "an interface that is not there when it is loaded"


class Loaders:
    """The programs of one kind, each as a list of words before the file's name."""

    def __init__(self, options):
        self.empty = tempfile.NamedTemporaryFile("w", suffix=".rules")
        self.empty.write("".join(f"*{table}\nCOMMIT\n" for table in legacy.Tables.BUILT_IN))
        self.empty.flush()
        self.nft = [["nft"]] + [path.split() for path in options.nft]

    def taken(self, kind, path):
        """What each program says: nothing where it takes the file, its complaint where not.

        `nft -c` does not see all that the kernel refuses, so that files are loaded.
        """
        if kind == "nft":
            return [self.complaint(program + ["-f", path], ["nft", "flush", "ruleset"])
                    for program in self.nft]
        if kind == "ipset":
            # Lists hold their members.
            run("ipset", "flush")
            run("ipset", "destroy")
            return [self.complaint(["ipset", "-file", path, "restore"], ["ipset", "flush"], True)]
        family, engine = kind.split("-")
        # A file that is refused may have left tables behind.
        undo = ["nft", "flush", "ruleset"] if engine == "nft" else \
            [f"{family}-legacy-restore", self.empty.name]
        return [self.complaint([f"{family}-{engine}-restore", path], undo, True)]

    @staticmethod
    def complaint(command, undo, always=False):
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        if done.returncode == 0 or always:
            subprocess.run(undo, capture_output=True)
        return None if done.returncode == 0 else done.stderr.strip()[:400] or "no word"


def missing():
    """What this kernel lacks: forms that name it are left out."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        unshare()
        run("ip", "-batch", "-", text="link add eth0 type veth peer name eth1\n")
        lacks = [name for name, text in mutants.FEATURES.items()
                 if run("nft", "-f", "-", text=text, check=False).returncode != 0]
        os.write(write, json.dumps(lacks).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        lacks = json.load(pipe)
    os.waitpid(child, 0)
    return lacks


def worker(jobs, loaders, write):
    """Tries its share of the files in a namespace of its own."""
    unshare()
    run("ip", "-batch", "-", text="link add eth0 type veth peer name eth1\nlink set lo up\n")
    if any(kind.startswith("ip") and kind != "ipset" for _, kind, _ in jobs):
        run("ipset", "restore", text=mutants.SETS)
    with tempfile.NamedTemporaryFile("w", suffix=".rules", errors="surrogateescape") as file, \
            os.fdopen(write, "w") as pipe:
        # The sets that rules name go when files of sets are tried.
        for number, kind, text in sorted(jobs, key=lambda job: job[1] == "ipset"):
            file.seek(0)
            file.truncate()
            file.write(text)
            file.flush()
            pipe.write(json.dumps([number, loaders.taken(kind, file.name)]) + "\n")


def really(files, loaders):
    """The answers of the programs to each file, by its number."""
    pipes, children = [], []
    for place in range(WORKERS):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            worker(files[place::WORKERS], loaders, write)
            os._exit(0)
        os.close(write)
        pipes.append(read)
        children.append(child)
    answers = {}
    for pipe in pipes:
        with os.fdopen(pipe) as file:
            for line in file:
                number, answer = json.loads(line)
                answers[number] = answer
    for child in children:
        os.waitpid(child, 0)
    return answers


def said(files, oracle):
    """The readers' answers: `loaded`, `refused` or `doubtful`, and why."""
    lines = ["interface lo", "interface eth0", "interface eth1",
             f"ipset {mutants.SETS.count(chr(10))}", mutants.SETS.rstrip("\n")]
    for _, kind, text, _ in files:
        # Every file ends with one end of line.
        lines += [f"accept {kind} {text.count(chr(10))}", text[:-1]]
    done = subprocess.run([oracle], input="\n".join(lines) + "\n", capture_output=True, text=True,
                          errors="surrogateescape", check=True)
    answers = [line.split(" ", 2)[1:] for line in done.stdout.split("\n") if line.startswith("accept ")]
    assert len(answers) == len(files), f"{len(answers)} answers to {len(files)} files"
    return {file[0]: answer for file, answer in zip(files, answers)}


def made(options, source):
    """Files of each kind: number, kind, text, and whether it is an ordinary one."""
    kinds = mutants.KINDS if options.kind == "all" else [options.kind]
    for number in range(options.files):
        kind = kinds[number % len(kinds)]
        text, ordinary = mutants.file(source, kind)
        if source.random() < options.spoilt:
            text, ordinary = mutants.spoil(source, text, kind), False
        yield number, kind, text, ordinary


def known_trees():
    """The nft of another release, where a tree for real hosts has one."""
    for tree in sorted(glob.glob("/var/cache/assay-hosts/trixie-*/usr")):
        program, loader = f"{tree}/sbin/nft", f"{tree}/lib64/ld-linux-x86-64.so.2"
        if os.path.exists(program) and os.path.exists(loader):
            return [f"{loader} --library-path {tree}/lib/x86_64-linux-gnu {program}"]
    return []


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--oracle", required=True)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--kind", default="all", choices=["all"] + sorted(set(mutants.KINDS)))
    parser.add_argument("--nft", action="append", default=known_trees(),
                        help="another nft to ask, as words; that of the tree of Debian 13 is")
    parser.add_argument("--spoilt", type=float, default=0.6, help="the share of spoilt files")
    parser.add_argument("--show", type=int, default=20, help="how many differences to print")
    parser.add_argument("--doubts", action="store_true", help="print what is doubted and taken")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10 ** 9)
    print(f"seed {seed}", flush=True)
    lacks = missing()
    mutants.leave_out(lacks)
    print("this kernel lacks", ", ".join(lacks) or "nothing", flush=True)
    files = list(made(options, random.Random(seed)))
    truth = really([file[:3] for file in files], Loaders(options))
    words = said(files, options.oracle)
    names = ["files", "taken", "false loaded", "false refused", "doubted", "ordinary",
             "ordinary doubted", "refused"]
    count = dict.fromkeys(names, 0)
    shown = 0
    for number, kind, text, ordinary in files:
        answers, (word, why) = truth[number], (words[number] + [""])[:2]
        taken = all(answer is None for answer in answers)
        lie = "false loaded" if word == "loaded" and not taken else \
            "false refused" if word == "refused" and any(answer is None for answer in answers) else None
        count["files"] += 1
        count["taken"] += taken
        count["doubted"] += taken and word == "doubtful"
        count["ordinary"] += taken and ordinary
        count["ordinary doubted"] += taken and ordinary and word == "doubtful"
        count["refused"] += not taken and word == "refused"
        if lie == "false refused" and EXCUSED in why:
            lie = None
        if lie:
            count[lie] += 1
        if (lie or options.doubts and taken and word == "doubtful") and shown < options.show:
            shown += 1
            print(f"-- {lie or 'doubted'} {kind} {why}", text.rstrip(), *[a for a in answers if a], sep="\n",
                  flush=True)
    print(", ".join(f"{name} {value}" for name, value in count.items()))
    # Rules that loaders take and that are nothing special are not doubted.
    too_many = count["ordinary doubted"] * 100 > count["ordinary"] + 100
    sys.exit(1 if count["false loaded"] or count["false refused"] or too_many else 0)


if __name__ == "__main__":
    main()
