#!/bin/bash
# Runs labelled states on real hosts and says which verdicts were right: run.sh [option …]
#
#   --states FILE …   files of states (default: all of Tests/Hosts/states)
#   --plan FILE       which states on which release, how (default: every state as its label says, on Debian 12)
#   --only GLOB       only states whose id matches
#   --replay          booted hosts are scanned with --replay
#   --complete        a state that waits for its control is not good enough
#   --jobs N          cases at a time (default: one per core)
#   --work DIR        where cases, logs and junit.xml go (default: .build/hosts)
#
# ASSAY is the program under test, HOST_CASES the tool that reads states and judges; ASSAY_HOSTS the cache of trees.
# Exit status: 0 every verdict is right · 1 one is wrong, undecided without leave, in error or skipped · 64 wrong usage.
set -u
umask 022

here=$(dirname "$(realpath "$0")")
package=$(realpath "$here/../..")
# shellcheck source=host.sh
source "$here/host.sh"

: "${ASSAY:=$package/.build/release/assay}"
: "${HOST_CASES:=$package/.build/debug/host-cases}"
work=$package/.build/hosts jobs=$(nproc) prepare=() states=() report=()
[[ -t 1 && -z ${NO_COLOR-} ]] && report+=(--colours)
while [[ $# -gt 0 ]]; do
    case $1 in
        --states) shift; while [[ $# -gt 0 && $1 != --* ]]; do states+=("$1"); shift; done ;;
        --plan | --only) prepare+=("$1" "$2"); shift 2 ;;
        --complete) report+=("$1"); shift ;;
        --replay) export REPLAY=yes; shift ;;
        --help) sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; exit 0 ;;
        --jobs) jobs=$2; shift 2 ;;
        --work) work=$2; shift 2 ;;
        *) echo "run.sh: error: unknown option $1" >&2; exit 64 ;;
    esac
done
[[ ${#states[@]} -gt 0 ]] || states=("$here"/states/*.yaml)
ASSAY=$(realpath "$ASSAY") HOST_CASES=$(realpath "$HOST_CASES")
for program in "$ASSAY" "$HOST_CASES"; do
    [[ -x $program ]] || { echo "run.sh: error: $program is not built" >&2; exit 64; }
done

# end_group DIRECTORY: ends every process of a group of ours and removes it.
end_group() {
    [[ -d $1 ]] || return 0
    echo 1 >"$1/cgroup.kill"
    for _ in {1..100}; do
        find "$1" -depth -type d -exec rmdir {} + 2>/dev/null && break
        sleep 0.05
    done
}

# missing_for_trees, missing_for_boots: what this machine lacks, in a sentence; empty where it lacks nothing.
missing_for_trees() {
    [[ $(id -u) == 0 ]] || { echo "not run as root"; return; }
    local tool
    for tool in debootstrap unshare nsenter setpriv flock findmnt ip; do
        command -v "$tool" >/dev/null || { echo "$tool is not installed"; return; }
    done
    [[ -n $(cgroup_root) ]] || { echo "no version 2 control groups"; return; }
    privately mount_host "$ASSAY_HOSTS/mount" / 2>/dev/null || echo "no overlay mounts"
}
missing_for_boots() {
    command -v systemd-nspawn >/dev/null || echo "systemd-nspawn is not installed"
}

HOSTS_CGROUP=$(cgroup_root)/assay-hosts.$$
trap 'end_group "$HOSTS_CGROUP"; wait 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

mkdir -p "$work"
exec 9>"$work/lock"
flock --nonblock 9 || { echo "run.sh: error: another run works in $work" >&2; exit 64; }
rm -rf "$work/cases" "$work/junit.xml"
"$HOST_CASES" prepare "${states[@]}" "${prepare[@]}" --into "$work" \
    --mirror "$(mirror_host)" --security "$(mirror_host security)" --archive "$(mirror_host archive)" || exit 64

# What no promise probe measures needs no host: such states wait.
MEASURED=$("$ASSAY" probe list | awk -F '  +' '$2 == "promise" { print $4 }' | tr ' ' '\n' | sort -u)
[[ -n $MEASURED ]] || { echo "run.sh: error: $ASSAY lists no promise probe" >&2; exit 64; }
export ASSAY HOST_CASES ASSAY_HOSTS HOSTS_CGROUP MEASURED

lacking=$(mkdir -p "$ASSAY_HOSTS/mount" && missing_for_trees)
if [[ -z $lacking ]]; then
    lacking=$(missing_for_boots)
    # What a killed run could not remove.
    for left in "${HOSTS_CGROUP%.*}".*; do
        [[ -d $left && ! -d /proc/${left##*.} ]] && end_group "$left"
    done
    sweep
    mkdir "$HOSTS_CGROUP" || exit 64
    while read -r release; do
        base_tree "$release" minbase "$base_packages" >/dev/null || exit 64
    done < <(cut -f 1 "$work"/cases/*/release | sort -u)
    [[ -z $lacking ]] || echo "run.sh: booted cases are skipped: $lacking" >&2
    export HOSTS_LACKING=$lacking
    (
        echo $BASHPID >"$HOSTS_CGROUP/cgroup.procs"
        # Whoever is killed takes everything below with it.
        exec setpriv --pdeathsig KILL -- xargs --arg-file "$work/order" --max-procs "$jobs" --max-args 1 \
            setpriv --pdeathsig KILL -- "$here/case.sh"
    ) 9>&- &
    wait $!
else
    echo "run.sh: every case is skipped: $lacking" >&2
fi
"$HOST_CASES" report "$work" "${report[@]}"
