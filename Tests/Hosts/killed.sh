#!/bin/bash
# Proves that a run that is killed half-way leaves nothing running and nothing mounted; needs root and a program under test.
set -u

here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
echo '12 booted C5-0*' >"$work/plan"

# left: processes of our hosts that are alive, and mounts of theirs that can be seen from here.
left() {
    ps -eo stat=,args= | grep -v '^Z' | grep -F "$work" | grep -v -F "grep -F"
    grep -F assay-hosts /proc/mounts
}

# What SIGKILL leaves, an empty control group, the next run removes.
for signal in KILL INT TERM HUP; do
    env --default-signal "$here/run.sh" --work "$work" --plan "$work/plan" >"$work/out" 2>&1 &
    run=$!
    for _ in {1..300}; do
        pgrep --full "case.sh --live $work" >/dev/null && break
        sleep 0.1
    done
    [[ -n $(left) ]] || { echo "killed.sh: error: there was nothing to kill before $signal" >&2; status=1; }
    sleep 0.5
    kill -"$signal" "$run"
    wait "$run" 2>/dev/null
    for _ in {1..50}; do
        [[ -z $(left) ]] && break
        sleep 0.1
    done
    if [[ -n $(left) ]]; then
        printf 'killed.sh: error: after %s there is still\n%s\n' "$signal" "$(left)" >&2
        status=1
    else
        echo "after $signal nothing runs and nothing is mounted"
    fi
done
exit "$status"
