# The root directory of a small Debian host, for stories: host.sh ROOT
set -eu
mkdir -p "$1/etc/pam.d" "$1/etc/assay" "$1/usr/bin"
cd "$1/etc"
echo 0123456789abcdef0123456789abcdef >machine-id
printf 'ID=debian\nVERSION_ID="12"\n' >os-release
printf 'schema: 1\nrole: server\nenvironment: production\n' >assay/site.yaml
printf 'root:x:0:0::/root:/bin/bash\nalice:x:1000:1000::/home/alice:/bin/bash\n' >passwd
printf 'root:*:19000:0:99999:7:::\nalice:$6$saltsaltsaltsalt$%086d:19000::::::\n' 0 >shadow
printf 'root:x:0:\n' >group
printf 'password required pam_unix.so yescrypt\n' >pam.d/passwd
printf 'ENCRYPT_METHOD YESCRYPT\n' >login.defs
chmod -R go-w .
