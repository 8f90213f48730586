#!/usr/bin/env bash
# Feeds the packet filter's parsers with what libFuzzer makes of the corpus:
# run.sh [PARSER …], of nft, xtables and ipset; SECONDS_EACH=0 reads the corpus alone.
#
# A parser is one more name in `define` and a directory in corpus/. What libFuzzer finds stays in
# .build/fuzz/PARSER; it becomes a test before it is mended.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
: "${SECONDS_EACH:=600}"
declare -A define=([nft]=NFT [xtables]=XTABLES [ipset]=IPSET)
[ $# -gt 0 ] || set -- nft xtables ipset

work=$top/.build/fuzz
mkdir -p "$work"
mapfile -t sources < <(find "$top/Sources/PacketFilter" -name '*.swift' | sort)
failed=0
for parser in "$@"; do
    swiftc "${OPTIMIZE:--O}" -wmo -parse-as-library -swift-version 6 -package-name assay -module-name PacketFilter \
        -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
        -enable-upcoming-feature MemberImportVisibility -strict-memory-safety \
        -sanitize=fuzzer,address -D "${define[$parser]}" \
        "$here/Target.swift" "${sources[@]}" -o "$work/fuzz-$parser"
    mkdir -p "$work/$parser"
    options=(-artifact_prefix="$work/$parser-" -timeout=10 -rss_limit_mb=2048 -max_len=16384
        -print_final_stats=1)
    [ -f "$here/$parser.dict" ] && options+=(-dict="$here/$parser.dict")
    if [ "$SECONDS_EACH" = 0 ]; then
        options+=(-runs=0)
    else
        options+=("-max_total_time=$SECONDS_EACH")
    fi
    "$work/fuzz-$parser" "${options[@]}" "$work/$parser" "$here/corpus/$parser" || failed=1
done
exit "$failed"
