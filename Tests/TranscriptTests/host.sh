# The root directory of a small Debian host, for stories: host.sh ROOT
set -eu
mkdir -p "$1/etc/pam.d" "$1/etc/assay" "$1/usr/bin"
cd "$1/etc"
echo 0123456789abcdef0123456789abcdef >machine-id
printf 'ID=debian\nVERSION_ID="12"\n' >os-release
cat >assay/site.yaml <<'SITE'
schema: 1
role: server
environment: production
firewall: { ingress: [], egress: unrestricted, egress_reason: package mirrors }
SITE
mkdir -p systemd/system/sysinit.target.wants ../usr/lib/systemd/system ../usr/sbin
# A loader that is not installed loads nothing, and a script may load anything.
printf '\177ELF' >../usr/sbin/nft
chmod 755 ../usr/sbin/nft
cat >../usr/lib/systemd/system/nftables.service <<'UNIT'
[Unit]
DefaultDependencies=no
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f /etc/nftables.conf
[Install]
WantedBy=sysinit.target
UNIT
printf '[Unit]\nRequires=sysinit.target\nAfter=sysinit.target\n' \
    >../usr/lib/systemd/system/multi-user.target
printf '[Unit]\n' >../usr/lib/systemd/system/sysinit.target
ln -s multi-user.target ../usr/lib/systemd/system/default.target
ln -s /usr/lib/systemd/system/nftables.service systemd/system/sysinit.target.wants/
cat >nftables.conf <<'RULES'
table inet filter {
    chain input {
        type filter hook input priority filter; policy drop;
        ct state established,related accept
        iif lo accept
    }
    chain forward { type filter hook forward priority filter; policy drop; }
}
RULES
printf 'root:x:0:0::/root:/bin/bash\nalice:x:1000:1000::/home/alice:/bin/bash\n' >passwd
printf 'root:*:19000:0:99999:7:::\nalice:$6$saltsaltsaltsalt$%086d:19000::::::\n' 0 >shadow
printf 'root:x:0:\n' >group
printf 'password required pam_unix.so yescrypt\n' >pam.d/passwd
printf 'ENCRYPT_METHOD YESCRYPT\n' >login.defs
chmod -R go-w . ../usr
