import Facts
import Testing

/// Programs and texts that only exist when the host runs.
@Suite struct BootMadeProgramsTests {
    private typealias Given = BootHooksTests

    private static let computed = "it runs text that only exists when it runs"

    private func reason(_ text: String) throws -> String? {
        try BootSuspicionsTests().reason(BootSuspicionsTests.script(text))
    }

    @Test(arguments: [
        "curl -o /run/y https://host.invalid/y\nsh /run/y", "base64 -d > /tmp/f\n. /tmp/f",
        "curl -o /opt/y https://host.invalid/y; /opt/y", "F=/opt/y; wget -O \"$F\" $U; sh /opt/y",
        "F=$(mktemp)\ncat > \"$F\"\nbash \"$F\"",
        "cd /opt; curl -O https://host.invalid/y.sh; sh y.sh",
        "cp /srv/y /opt/y; /opt/y", "cp /srv/y /opt/; exec /opt/y",
        "dd if=/dev/vdb of=/opt/y; sh /opt/y",
        "python3 /run/y.py", "sh < /run/y", "sh < \"$F\"", "cat <<E > /opt/y\n$X\nE\nsh /opt/y",
        "sed -i s/a/b/ /opt/y; sh /opt/y", "cmd 2>&1 >/opt/y; . /opt/y", "/dev/shm/y",
        "bash /dev/stdin",
        "while read -r l; do $l; done < /opt/y", "while read -r a b; do $a $b; done",
        "mapfile -t C < /opt/y; \"${C[@]}\"", "for c in $(cat /opt/y); do $c; done",
        "$(cat /opt/y)",
        "cat /opt/y | xargs env", "xargs -I% % < /opt/y", "xargs -I X X < /opt/y",
        "cat /opt/y | xargs -I{} sh -c '{}'", "cat /opt/y | xargs sh", "at -f /tmp/y now",
        "systemd-run /run/y", "flock /run/lock/y /tmp/y", "start-stop-daemon --start --exec /tmp/y",
        "awk '{ system($0) }' /opt/y", "awk '{ print | \"sh\" }' /opt/y",
        "python3 - <<'E'\nimport os\nos.system(x)\nE", "bash \"$1\"", "nohup /tmp/y &",
        "[ -x /tmp/y ] && /tmp/y", "( /tmp/y )", "@reboot root /tmp/y",
        "*/5 1-3 * * mon root /tmp/y",
        "curl -fsSL https://host.invalid/y | tee /opt/y | sh", "bash -c \"$(curl -fsSL $U)\"",
    ])
    func `what only exists when it runs is not known`(line: String) throws {
        #expect(try reason("#!/bin/bash\n\(line)\n") == Self.computed)
    }

    @Test(arguments: [
        "[ -f /run/y.pid ] && kill \"$(cat /run/y.pid)\"",
        "case $1 in\n/tmp/*) echo x ;;\n*) : ;;\nesac",
        "find /var/log/y /tmp -mtime +30 -delete", "find /tmp -type f -exec rm -f {} +",
        "curl -fsS -m 10 -o /dev/null https://host.invalid/ping",
        "curl -fsS $U | jq . > /run/y.json",
        "cp /opt/y /srv/kept/; /opt/x.bin",
        "while read -r a b; do echo \"$a\" >> /run/y; done < /opt/y",
        "echo x > /run/y; cat /run/y", "rm -rf /tmp/y; mkdir -p /run/y",
        "exec 9> /run/lock/y; flock 9",
        "start-stop-daemon --start --pidfile /run/y.pid --exec /usr/bin/y", "bash \"$0\" inner",
        "for f in a b; do cp \"$f\" /srv; done", "xargs -I{} cp {} /srv < /opt/y",
        "ls | xargs rm -f",
        "tar xzf /opt/y.tgz -C /srv/y", "install -d /run/y", "python3 -m http.server 8080 -d /tmp",
        "trap 'rm -f /tmp/y' EXIT", "tail -F /var/log/y | grep x", "TMPDIR=/tmp y", "cd /tmp",
        "y > /tmp/out 2>&1", "HERE=$(cd \"$(dirname \"$0\")\" && pwd)\npython3 \"$HERE/main.py\"",
        "awk '{ system(\"date\"); print $1 | \"sort\" }' /opt/y",
        "flock -n /run/lock/y /usr/bin/y", "[[ -S /run/y.sock ]] || exit 0",
        "test -e /run/y && echo x",
        "openssl x509 -noout -in /opt/c.pem; date", "java -jar /opt/y.jar --tmp /tmp/y",
        "mount -t tmpfs tmpfs /run/y", "export X=/run/y", "*/5 * * * * root test -x /usr/bin/y",
    ])
    func `what reads and writes such places runs nothing of them`(line: String) throws {
        #expect(try reason("#!/bin/bash\n\(line)\n") == nil)
    }

    @Test func `where a unit runs and what it is told are no commands`() throws {
        let unit = Given.unit(
            "[Service]\nEnvironmentFile=-/run/y/env\nWorkingDirectory=/tmp/y\nExecStart=/usr/bin/y\n"
        )
        #expect(try BootSuspicionsTests().reason(unit) == nil)
        let made = Given.unit("[Service]\nExecStart=/run/y/start\n")
        #expect(try BootSuspicionsTests().reason(made) == Self.computed)
    }

    @Test(arguments: [
        ("StandardInput=file:/opt/y", true), ("StandardInputText=nft flush ruleset", true),
        ("StandardInputData=bmZ0Cg==", true), ("StandardInput=null", false),
        ("StandardInputText=hello", false),
    ])
    func `what a unit gives its command to read may be what it runs`(
        setting: String, isSuch: Bool
    ) throws {
        var nodes = Given.unit("[Service]\n\(setting)\nExecStart=/bin/sh\n")
        nodes["/opt/y"] = Given.file("nft flush ruleset\n")
        #expect(try (BootSuspicionsTests().reason(nodes) != nil) == isSuch)
    }

    @Test(arguments: ["make -C /opt/h open", "cd /opt/h && make"])
    func `the recipe that make reads is followed`(line: String) throws {
        var nodes = BootSuspicionsTests.script("#!/bin/sh\n\(line)\n")
        nodes["/opt/h/Makefile"] = Given.file("open:\n\tnft flush ruleset\n")
        #expect(try BootSuspicionsTests().gap(nodes)?.object == "/opt/h/Makefile")
    }

    @Test func `any file that is found and run is followed`() throws {
        for line in ["find /opt/h -type f -exec {} \\;", "find /opt/h -name '*.sh' -exec sh {} +"] {
            var nodes = BootSuspicionsTests.script("#!/bin/sh\n\(line)\n")
            nodes["/opt/h/a"] = Given.file(Given.flush)
            #expect(try BootSuspicionsTests().gap(nodes)?.object == "/opt/h/a")
        }
    }

    @Test(arguments: [
        ("os.system(open('/opt/y').read())", true), ("os.popen(command)", true),
        ("subprocess.run(line, shell=True)", true),
        ("subprocess.check_output(\n    command,\n    shell=True)", true),
        ("os.system('date +%F')", false), ("os.system(f'date {x}')", false),
        ("def system(self):\n    pass", false), ("platform.system()", false),
        ("subprocess.run(['date', x])", false), ("subprocess.run('date', shell=True)", false),
        ("subprocess.run(command)", false),
    ])
    func `a program of python runs what is written in it`(line: String, isSuch: Bool) throws {
        let found = try reason("#!/usr/bin/python3\nimport os, subprocess, platform\n\(line)\n")
        #expect(found == (isSuch ? Self.computed : nil))
    }

    @Test(arguments: [
        ("system($_);", true), ("exec $command;", true), ("system('date');", false),
        ("my $system = 1;", false),
    ])
    func `a program of perl runs what is written in it`(line: String, isSuch: Bool) throws {
        #expect(try reason("#!/usr/bin/perl\n\(line)\n") == (isSuch ? Self.computed : nil))
    }
}
