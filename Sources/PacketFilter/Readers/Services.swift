/// Names of ports, as `services(5)` lists them.
package struct Services: Hashable, Sendable {
    private var ports: [String: UInt16]
    /// The list is the host's own, so that a name that it lacks does not exist.
    package let isComplete: Bool

    /// The names that every list has; others are not known.
    package static let common = Services(ports: builtIn, isComplete: false)

    /// The names of the host's `/etc/services`; a port counts for all protocols.
    package init(parsing text: [UInt8]) {
        var ports: [String: UInt16] = [:]
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let plain = line.prefix { $0 != UInt8(ascii: "#") }
            let words = plain.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }.map {
                String(decoding: $0, as: UTF8.self)
            }
            guard words.count >= 2, let number = words[1].split(separator: "/").first,
                let port = UInt16(number)
            else { continue }
            for name in [words[0]] + words[2...] where ports[name] == nil { ports[name] = port }
        }
        self.init(ports: ports, isComplete: true)
    }

    private init(ports: [String: UInt16], isComplete: Bool) {
        self.ports = ports
        self.isComplete = isComplete
    }

    /// The port of a name.
    package func port(_ name: String) -> UInt16? { ports[name] }

    private static let builtIn: [String: UInt16] = [
        "echo": 7, "discard": 9, "daytime": 13, "chargen": 19, "ftp-data": 20, "ftp": 21,
        "ssh": 22, "telnet": 23, "smtp": 25, "time": 37, "whois": 43, "tacacs": 49,
        "domain": 53, "bootps": 67, "bootpc": 68, "tftp": 69, "gopher": 70, "finger": 79,
        "http": 80, "www": 80, "kerberos": 88, "pop3": 110, "sunrpc": 111, "auth": 113,
        "nntp": 119, "ntp": 123, "epmap": 135, "netbios-ns": 137, "netbios-dgm": 138,
        "netbios-ssn": 139, "imap2": 143, "imap": 143, "snmp": 161, "snmp-trap": 162,
        "bgp": 179, "irc": 194, "ldap": 389, "https": 443, "microsoft-ds": 445,
        "submissions": 465, "isakmp": 500, "syslog": 514, "printer": 515, "route": 520,
        "dhcpv6-client": 546, "dhcpv6-server": 547, "rtsp": 554, "nntps": 563, "submission": 587,
        "ipp": 631, "ldaps": 636, "domain-s": 853, "rsync": 873, "ftps-data": 989, "ftps": 990,
        "telnets": 992, "imaps": 993, "pop3s": 995, "socks": 1080, "openvpn": 1194,
        "ms-sql-s": 1433, "radius": 1812, "radius-acct": 1813, "nfs": 2049, "mysql": 3306,
        "ms-wbt-server": 3389, "svn": 3690, "epmd": 4369, "ipsec-nat-t": 4500, "sip": 5060,
        "sip-tls": 5061, "xmpp-client": 5222, "xmpp-server": 5269, "mdns": 5353,
        "postgresql": 5432, "amqps": 5671, "amqp": 5672, "x11": 6000, "redis": 6379,
        "http-alt": 8080, "webcache": 8080, "puppet": 8140, "git": 9418, "zabbix-agent": 10050,
        "zabbix-trapper": 10051, "amanda": 10080, "bacula-dir": 9101, "bacula-fd": 9102,
        "bacula-sd": 9103, "ssdp": 1900, "llmnr": 5355, "mqtt": 1883, "nut": 3493,
    ]
}
