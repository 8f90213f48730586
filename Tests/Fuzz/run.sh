#!/usr/bin/env bash
# Feeds the parsers of rules with hostile documents (hostile.py) and then with what libFuzzer makes
# of the corpus, two at a time: run.sh [PARSER …], of nft, nftfile, xtables, ipset, netlink and
# firewalld; SECONDS_EACH=0 reads the documents and the corpus alone.
#
# A parser is one more case in Target.swift, documents in hostile.py and a directory in corpus/; the
# files of firewalld are read by a module with others below it and have a program of their own. What
# libFuzzer found before stays in .build/fuzz/PARSER; what breaks a parser becomes a test before it
# is mended, and what is worth keeping goes into the corpus:
#   .build/fuzz/fuzz-PARSER -set_cover_merge=1 Tests/Fuzz/corpus/PARSER .build/fuzz/PARSER
# The corpus of netlink begins with what a kernel told (Tests/PacketFilterTests/Dumps).
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${SECONDS_EACH:=600}"
[ $# -gt 0 ] || set -- nft nftfile xtables ipset netlink firewalld
work=.build/fuzz
mkdir -p "$work"

is_built() { # PROGRAM SOURCE …
    [ -x "$1" ] && [ -z "$(find "${@:2}" Tests/Fuzz/run.sh -newer "$1" 2>/dev/null | head -1)" ]
}

build() {
    local flags=(-O -wmo -parse-as-library -swift-version 6 -package-name assay
        -module-name PacketFilter -enable-upcoming-feature ExistentialAny
        -enable-upcoming-feature InternalImportsByDefault
        -enable-upcoming-feature MemberImportVisibility -sanitize=fuzzer
        -o "$work/fuzz")
    local sources=(Tests/Fuzz/Target.swift)
    mapfile -t -O 1 sources < <(find Sources/PacketFilter -name '*.swift' | sort)
    is_built "$work/fuzz" Tests/Fuzz/Target.swift Sources/PacketFilter && return 0
    # No address sanitizer: what is fuzzed has no unsafe line, and would be several times as slow.
    # gold says of each symbol of the fuzzer that it is local.
    swiftc "${flags[@]}" "${sources[@]}" 2> >(grep -v 'Cannot export local symbol' >&2)
}

# The modules are the package's own, and tell their internals. That a tool of the build cannot be
# linked for fuzzing does not matter here.
build_firewalld() {
    local program=$work/fuzz-firewalld modules file files=()
    is_built "$program" Tests/Fuzz/Firewalld.swift Sources Package.swift && return 0
    local flags=(-c release --scratch-path "$work/build" --sanitize fuzzer -Xswiftc -enable-testing)
    swift build "${flags[@]}" --target Collectors >"$work/build.log" 2>&1 ||
        { tail "$work/build.log" >&2; return 1; }
    modules=$(swift build "${flags[@]}" --show-bin-path)
    for file in Sources/Adapters/*/module.modulemap "$modules"/C*.build/module.modulemap; do
        files+=(-Xcc "-fmodule-map-file=$file")
    done
    mapfile -t -O "${#files[@]}" files < <(find "$modules"/*.build -name '*.o' -not -path '*-tool.build/*')
    swiftc -O -parse-as-library -swift-version 6 -sanitize=fuzzer -I "$modules/Modules" \
        Tests/Fuzz/Firewalld.swift "${files[@]}" -l:libexpat.a -l:libsqlite3.a -l:libyaml.a -lcrypto -lm \
        -o "$program" 2> >(grep -v 'Cannot export local symbol' >&2)
}

seeds() { # PARSER: the directories of its corpus
    printf '%s\n' "Tests/Fuzz/corpus/$1"
    [ "$1" = netlink ] || return 0
    local file
    mkdir -p "$work/kernel"
    for file in Tests/PacketFilterTests/Dumps/*.hex; do
        grep -v '^link ' "$file" | tr -d '\n' |
            python3 -c 'import sys; sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read()))' \
                >"$work/kernel/$(basename "$file" .hex)"
    done
    printf '%s\n' "$work/kernel"
}

program() { # PARSER [OPTION|FILE …]; by its name the program knows which parser it is
    [ "$1" = firewalld ] || ln -sf fuzz "$work/fuzz-$1"
    "$work/fuzz-$1" -artifact_prefix="$work/$1-" -rss_limit_mb=2048 "${@:2}"
}

hostile() { # PARSER SEEDS …
    local documents=$work/hostile/$1
    rm -rf "$documents"
    find "${@:2}" -type f -print0 |
        xargs -0 python3 Tests/Fuzz/hostile.py "$1" "$documents"
    program "$1" -timeout=60 "$documents"/* >"$work/$1-hostile.log" 2>&1 || return 1
    rm -rf "$documents"
}

fuzz() { # PARSER
    local seeds options
    mapfile -t seeds < <(seeds "$1")
    mkdir -p "$work/$1"
    hostile "$1" "${seeds[@]}" || return 1
    # A small document may take a second, here ten: the machine may be busy.
    options=(-timeout=10 -max_len=16384 -print_final_stats=1)
    [ -f "Tests/Fuzz/$1.dict" ] && options+=(-dict="Tests/Fuzz/$1.dict")
    [ "$1" = nftfile ] && options+=(-dict=Tests/Fuzz/nft.dict)
    if [ "$SECONDS_EACH" = 0 ]; then
        options+=(-runs=0)
    else
        options+=("-max_total_time=$SECONDS_EACH")
    fi
    program "$1" "${options[@]}" "$work/$1" "${seeds[@]}" >"$work/$1.log" 2>&1
}

for parser in "$@"; do
    if [ "$parser" = firewalld ]; then build_firewalld; else build; fi
done
failed=0
while [ $# -gt 0 ]; do
    pair=("${@:1:2}")
    shift "${#pair[@]}"
    jobs=()
    for parser in "${pair[@]}"; do
        fuzz "$parser" &
        jobs+=($!)
    done
    for place in "${!pair[@]}"; do
        if wait "${jobs[place]}"; then
            printf '%s: %s\n' "${pair[place]}" \
                "$(grep -E '^(Done|#[0-9]+.*DONE)' "$work/${pair[place]}.log" | tail -1)"
        else
            failed=1
            printf '%s: broken, see %s*.log\n' "${pair[place]}" "$work/${pair[place]}" >&2
            grep -hE 'ERROR|Fatal|SUMMARY|Test unit' "$work/${pair[place]}"*.log | head >&2 || true
        fi
    done
done
exit "$failed"
