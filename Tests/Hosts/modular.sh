#!/bin/bash
# Boots Debian with its own kernel, whose parts are modules, and shows that a scan loads none: modular.sh [RELEASE …], as root.
#
#   RELEASE   12 or 13 (default: both)
#   --help    this text
#
# The host is a tree of $ASSAY_HOSTS with kernel, nft, iptables and ipset, made into a disk; an emulator boots it with no network.
# modular-inside.sh says there, state by state, what is loaded before and after a scan, and what the scan said. ASSAY is the
# program under test (default: .build/release/assay). An emulator without the help of hardware takes some twenty minutes for a release
# on a busy machine. Exit status: 0 everything holds · 1 something does not · 64 it could not be tried.
set -u
umask 022

here=$(dirname "$(realpath "$0")")
# shellcheck source=host.sh
source "$here/host.sh"
: "${ASSAY:=$here/../../.build/release/assay}"

# make_disk LOWER DISK: the tree with the program and its examiner, as a disk whose boot ends with both.
make_disk() {
    local root=$ASSAY_HOSTS/mount/root
    mount_host "$ASSAY_HOSTS/mount" "$1" || return
    install -m 755 "$ASSAY" "$root/usr/local/bin/assay" &&
        install -m 755 "$here/modular-inside.sh" "$root/usr/local/bin/modular-inside" &&
        install -D -m 644 "$here/modules.txt" "$root/usr/local/share/modules.txt" || return
    cat >"$root/etc/systemd/system/modular.service" <<'END_UNIT'
[Unit]
After=systemd-user-sessions.service ssh.service
SuccessAction=poweroff-force
FailureAction=poweroff-force
[Service]
Type=oneshot
TimeoutStartSec=infinity
ExecStart=/usr/local/bin/modular-inside
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS1
END_UNIT
    mkdir -p "$root/etc/systemd/system/multi-user.target.wants" &&
        ln -s ../modular.service "$root/etc/systemd/system/multi-user.target.wants/" &&
        mke2fs -q -t ext4 -d "$root" "$2/disk" 2G && cp -L "$root/vmlinuz" "$root/initrd.img" "$2/"
}

# try RELEASE: boots a host of it and repeats what it says.
try() {
    local lower work status=0
    lower=$(base_tree "$1" minbase "$base_packages") &&
        lower=$(packages_layer "$lower" linux-image-cloud-amd64 kmod iptables ipset) || return 64
    work=$(mktemp -d) || return 64
    if private "$0" --disk "$lower" "$work"; then
        echo "Debian $1:"
        : >"$work/said"
        # It says all on its second line; the first has what kernel and systemd say.
        private timeout --kill-after 5 2400 qemu-system-x86_64 -accel tcg -m 1024 -nodefaults \
            -no-reboot -display none -serial "file:$work/console" -serial "file:$work/said" \
            -kernel "$work/vmlinuz" -initrd "$work/initrd.img" -append 'root=/dev/vda rw console=ttyS0' \
            -drive "file=$work/disk,format=raw,if=virtio,cache=unsafe" </dev/null 2>"$work/errors" &
        tail --follow --lines=+1 --pid=$! "$work/said"
        wait $!
        case $(tail -n 1 "$work/said" | tr -d '\r') in
            'everything holds') ;;
            'something does not hold') status=1 ;;
            *)
                tail -n 5 "$work/errors" "$work/console" >&2
                echo "modular.sh: error: the host of Debian $1 did not come to an end" >&2
                status=64
                ;;
        esac
    else
        status=64
    fi
    rm -rf "$work"
    return "$status"
}

case ${1-} in
    --help)
        sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
        exit
        ;;
    --disk)
        make_disk "$2" "$3"
        exit
        ;;
esac
[[ $# -gt 0 ]] || set -- 12 13
ASSAY=$(realpath "$ASSAY")
[[ -x $ASSAY ]] || { echo "modular.sh: error: $ASSAY is not built" >&2; exit 64; }
[[ $(id -u) == 0 ]] || { echo "modular.sh: error: not run as root" >&2; exit 64; }
while read -r tool package; do
    command -v "$tool" >/dev/null || {
        printf 'modular.sh: error: %s is not installed\nmodular.sh: hint: apt-get install %s\n' "$tool" "$package" >&2
        exit 64
    }
done <<'TOOLS'
debootstrap debootstrap
qemu-system-x86_64 qemu-system-x86
mke2fs e2fsprogs
TOOLS
export ASSAY ASSAY_HOSTS
mkdir -p "$ASSAY_HOSTS/mount"
worst=0
for release; do
    try "$release" || { status=$?; ((status > worst)) && worst=$status; }
done
exit "$worst"
