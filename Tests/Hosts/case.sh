#!/bin/bash
# The life of one case: case.sh DIRECTORY, a directory that `host-cases prepare` wrote. Needs root.
#
# Inputs are files named for the fields of a state; what happened is written beside them:
#   outcome      scanned | waiting | prepareFailed | bootFailed | setupFailed | checkFailed | scanFailed | skipped, then a sentence
#   scan.*       .json what the scan of the host printed, .status its exit code, .err its diagnostics
#   offline.*    the same of the tree with --root, after the host was shut down
#   store        what a host of a fleet keeps: its reports and facts; peers/NAME has the files of another host
#   fleet.*      what the judgement of the fleet printed
#   log          what the state's own scripts said
#   milliseconds how long it took
set -u
umask 022

# shellcheck source=host.sh
source "$(dirname "$(realpath "$0")")/host.sh"

# failed OUTCOME SENTENCE: the case ends here.
failed() {
    printf '%s\n%s\n' "$1" "$2" >"$case/outcome"
    exit 1
}

# field NAME: the text of a field; empty where the state does not have it.
field() {
    if [[ -f $input/$1 ]]; then cat "$input/$1"; fi
}

# lower_of_host: the lower with the packages and the preparation of this host.
lower_of_host() {
    local lower packages
    lower=$(base_tree "$(<"$case/release")" minbase "$base_packages") || return
    mapfile -t packages < <(field packages)
    lower=$(packages_layer "$lower" "${packages[@]}") || return
    # A preparation follows the archive of the day, and so does its layer.
    [[ -f $input/prepare ]] && { lower=$(layer "$lower" "$(field prepare)" "$(date -u +%F)") || return; }
    echo "$lower"
}

# declare_site: the site file of the host, as the state has it.
declare_site() {
    [[ -f $input/site.yaml ]] || return 0
    install -D -m 644 "$input/site.yaml" "$host/root/etc/assay/site.yaml"
}

# step NAME COMMAND...: runs a script of the state, if the state has it; its failure is an error of the case.
step() {
    [[ -f $input/$1 ]] || return 0
    local name=$1
    shift
    "$@" "$(field "$name")" >>"$case/log" 2>&1 || failed "${name}Failed" "the state's $name ended with status $?"
}

# settles SCRIPT: a service that was just started may need a moment until it answers.
settles() {
    local deadline=$((SECONDS + 10))
    until inside 120 "$1"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.5
    done
}

# scan NAME COMMAND...: runs a scan and keeps what it said; 0, 1 and 4 are answers, everything else is not.
scan() {
    local name=$1 status=0
    shift
    "$@" >"$input/$name.json" 2>"$input/$name.err" </dev/null || status=$?
    echo "$status" >"$input/$name.status"
    [[ $status == [014] && -s $input/$name.json ]] || failed scanFailed "the $name ended with status $status: $(head -c 300 "$input/$name.err")"
}

# scan_tree NAME: scans the tree from outside, as the user the state names.
scan_tree() {
    local user=() state=$host/scratch/state-$1 ids
    mkdir "$state"
    if [[ -f $input/run-as ]]; then
        ids=$(awk -F: -v user="$(<"$input/run-as")" '$1 == user { print $3, $4 }' "$host/root/etc/passwd")
        [[ -n $ids ]] || failed setupFailed "there is no user $(<"$input/run-as") to scan as"
        chown "${ids% *}:${ids#* }" "$state"
        user=(setpriv --reuid "${ids% *}" --regid "${ids#* }" --clear-groups --)
    fi
    scan "$1" timeout --kill-after 5 120 "${user[@]}" "${past[@]}" "$ASSAY" scan --root "$host/root" \
        --state-dir "$state" --format json
}

# legacy_tables: those that the kernel has for the booted host; asking for one that is not there would make it.
legacy_tables() {
    inside 5 'cat /proc/net/ip_tables_names /proc/net/ip6_tables_names 2>/dev/null; true'
}

# scan_inside NAME: scans the booted host with the program in it, as the user and through the sandbox the state names.
scan_inside() {
    local scan=(/usr/local/bin/assay scan --state-dir /run/assay-state --format json) user before
    [[ -z ${REPLAY-} ]] || scan+=(--replay)
    put "$ASSAY" /usr/local/bin/assay || failed scanFailed "the program could not be copied into the host"
    if [[ -f $input/run-as ]]; then
        user=$(<"$input/run-as")
        inside 5 "install -d -o '$user' /run/assay-state" || failed setupFailed "there is no user $user to scan as"
        scan=(runuser -u "$user" -- "${scan[@]}")
    fi
    before=$(legacy_tables)
    # Without a sandbox the positional parameters are the whole script.
    # shellcheck disable=SC2016
    scan "$1" inside 120 "$([[ -f $input/sandbox ]] && cat "$input/sandbox" || echo '"$@"')" "${scan[@]}"
    [[ $(legacy_tables) == "$before" ]] || failed scanFailed "the scan made tables of iptables-legacy"
}

# life_in_tree: setup and check in a chroot, then the scan of the tree.
life_in_tree() {
    local reach=alone
    [[ -f $input/net ]] && reach=network
    step setup in_tree "$host/root" "$reach" 600
    step check in_tree "$host/root" "$reach" 120
    declare_site
    scan_tree scan
}

# life_booted: setup, check and scan in the running host, then the scan of the tree it leaves.
life_booted() {
    local network=--private-network needs
    mkdir "$host/scratch/state-scan"
    [[ -z ${HOSTS_LACKING-} ]] || failed skipped "$HOSTS_LACKING"
    declare_site
    needs=$(field needs)
    if grep -qx eth0 <<<"$needs"; then
        network "$name" 1 "$name-outside" 2 || failed bootFailed "the interface eth0 could not be made"
        network=--network-namespace-path=/run/netns/$name
    fi
    grep -qx 'writable net sysctls' <<<"$needs" && export SYSTEMD_NSPAWN_API_VFS_WRITABLE=network
    boot "$host/root" "$network" 2>>"$case/log" || failed bootFailed "$(tail -n 1 "$case/log")"
    step setup inside 300
    step check settles
    scan_inside scan
    inside 10 'tar -C /run/assay-state -c .' | tar -C "$host/scratch/state-scan" -x
    shut_down
    [[ -f $input/offline ]] && scan_tree offline
    return 0
}

# life NAME INPUT HOST: one host, from its tree to its scan.
life() {
    local name=$1 input=$2 host=$3 past=() lower
    lower=$(lower_of_host 2>>"$case/log") || failed prepareFailed "$(tail -n 1 "$case/log")"
    mount_host "$host" "$lower" || failed skipped "no overlay mount"
    long_ago
    case $(<"$input/way") in
        tree) life_in_tree ;;
        booted) life_booted ;;
    esac
    [[ -f $case/fleet.yaml ]] && cp -a "$host/scratch/state-scan" "$input/store"
    return 0
}

# long_ago: the scan of this host happens as many days ago as its report is to be old.
long_ago() {
    local library
    [[ $(field report-age-days) -gt 0 ]] || return 0
    library=$(find /usr/lib -name libfaketime.so.1 -print -quit)
    [[ -n $library && $(<"$input/way") == tree ]] || failed skipped "nobody can make its report old here"
    # Given a name for its shared memory, the library leaves the environment alone, behind which Swift finds the arguments.
    past=(env LD_PRELOAD="$library" FAKETIME="-$(field report-age-days)d" FAKETIME_DONT_FAKE_MONOTONIC=1
        NO_FAKE_STAT=1 FAKETIME_SHARED="/none /none")
}

# judge_fleet: the judgement over this host's store and its peers'; until there is one, the state waits.
judge_fleet() {
    local stores=("$case/store") peer
    "$ASSAY" --help | grep -q '^  fleet ' || { echo waiting >"$case/outcome"; exit; }
    for peer in "$case"/peers/*/; do
        [[ -d $peer ]] && stores+=("${peer}store")
    done
    input=$case scan fleet timeout --kill-after 5 120 "$ASSAY" fleet judge --fleet "$case/fleet.yaml" \
        --state-dir "$ASSAY_HOSTS/mount/scratch/judge" --format json "${stores[@]}"
}

# live: everything that happens to the case, in namespaces and a control group of its own.
live() {
    local peer
    case=$1
    { own_runtime && own_cgroup; } || failed skipped "no control groups of its own"
    life host "$case" "$ASSAY_HOSTS/mount"
    for peer in "$case"/peers/*/; do
        [[ -d $peer ]] || continue
        life "$(basename "$peer")" "${peer%/}" "$ASSAY_HOSTS/mount/$(basename "$peer")"
    done
    [[ -f $case/fleet.yaml ]] && judge_fleet
    echo scanned >"$case/outcome"
}

# is_measured: whether the program has promise probes for what the label hangs on; MEASURED names its obligations.
is_measured() {
    local wanted obligation
    wanted=$(field obligation)
    for obligation in $MEASURED; do
        case $obligation in
            "${wanted:-$(<"$input/clause")}" | "${wanted:-$(<"$input/clause").}"*) return 0 ;;
        esac
    done
    return 1
}

if [[ $1 == --live ]]; then
    live "$2"
    exit
fi

case=$1 input=$1
is_measured || {
    echo waiting >"$case/outcome"
    echo 0 >"$case/milliseconds"
    "$HOST_CASES" judge "$case" || true
    exit
}
started=$(date +%s%3N)
apart "$(basename "$1")" "$0" --live "$1"
[[ -s $1/outcome ]] || printf 'scanFailed\nit was killed\n' >"$1/outcome"
echo $(($(date +%s%3N) - started)) >"$1/milliseconds"
"$HOST_CASES" judge "$1" || true
