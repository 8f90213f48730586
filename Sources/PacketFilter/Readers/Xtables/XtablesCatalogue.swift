/// The extensions of iptables whose every option is known; what is not in here is doubted.
///
/// The options, their ranges and where they may stand are those of `iptables-extensions(8)` and of
/// the kernel's `xt_register_match` and `xt_register_target`.
enum XtablesCatalogue {
    static let matches: [String: XtablesExtension] = [
        "tcp": XtablesExtension(
            options: [
                "--sport": .negatable(.port), "--dport": .negatable(.port),
                "--tcp-flags": .negatable(.tcpFlags), "--syn": .negatable(.none),
                "--tcp-option": .negatable(.number(1...255)),
            ], transports: [6]),
        "udp": XtablesExtension(
            options: ["--sport": .negatable(.port), "--dport": .negatable(.port)],
            transports: [17]),
        "icmp": XtablesExtension(
            options: ["--icmp-type": .negatable(.icmp)], needs: [["--icmp-type"]],
            transports: [1], family: .v4),
        "icmp6": XtablesExtension(
            options: ["--icmpv6-type": .negatable(.icmp)], needs: [["--icmpv6-type"]],
            transports: [58], family: .v6),
        "multiport": XtablesExtension(
            options: [
                "--sports": .negatable(.ports), "--dports": .negatable(.ports),
                "--ports": .negatable(.ports),
            ], needs: [["--sports", "--dports", "--ports"]],
            transports: [6, 17, 33, 132, 136]),
        "conntrack": XtablesExtension(
            options: [
                "--ctstate": .negatable(
                    .listOf([
                        "INVALID", "NEW", "ESTABLISHED", "RELATED", "UNTRACKED", "SNAT", "DNAT",
                    ])),
                "--ctproto": .negatable(.transport), "--ctorigsrc": .negatable(.address),
                "--ctorigdst": .negatable(.address), "--ctreplsrc": .negatable(.address),
                "--ctrepldst": .negatable(.address),
                "--ctorigsrcport": .negatable(.range(65535)),
                "--ctorigdstport": .negatable(.range(65535)),
                "--ctreplsrcport": .negatable(.range(65535)),
                "--ctrepldstport": .negatable(.range(65535)),
                "--ctstatus": .negatable(
                    .listOf(["NONE", "EXPECTED", "SEEN_REPLY", "ASSURED", "CONFIRMED"])),
                "--ctexpire": .negatable(.range(0xFFFF_FFFF)),
                "--ctdir": .plain(.oneOf(["ORIGINAL", "REPLY"])),
            ],
            needsAny: [
                "--ctstate", "--ctproto", "--ctorigsrc", "--ctorigdst", "--ctreplsrc",
                "--ctrepldst", "--ctorigsrcport", "--ctorigdstport", "--ctreplsrcport",
                "--ctrepldstport", "--ctstatus", "--ctexpire", "--ctdir",
            ]),
        "state": XtablesExtension(
            options: [
                "--state": .negatable(
                    .listOf(["INVALID", "NEW", "ESTABLISHED", "RELATED", "UNTRACKED"]))
            ], needs: [["--state"]]),
        "limit": XtablesExtension(
            options: ["--limit": .plain(.rate), "--limit-burst": .plain(.number(1...10000))]),
        "mark": XtablesExtension(
            options: ["--mark": .negatable(.mark)], needs: [["--mark"]]),
        "connmark": XtablesExtension(
            options: ["--mark": .negatable(.mark)], needs: [["--mark"]]),
        "comment": XtablesExtension(
            options: ["--comment": .plain(.text(255))], needs: [["--comment"]]),
        "mac": XtablesExtension(
            options: ["--mac-source": .negatable(.hardware)], needs: [["--mac-source"]],
            hooks: [.prerouting, .input, .forward]),
        "pkttype": XtablesExtension(
            options: [
                "--pkt-type": .negatable(
                    .oneOf(["unicast", "broadcast", "multicast", "host", "otherhost"]))
            ], needs: [["--pkt-type"]]),
        "length": XtablesExtension(
            options: ["--length": .negatable(.range(65535))], needs: [["--length"]]),
        "ttl": XtablesExtension(
            options: [
                "--ttl-eq": .negatable(.number(0...255)), "--ttl-lt": .plain(.number(0...255)),
                "--ttl-gt": .plain(.number(0...255)),
            ], needs: [["--ttl-eq", "--ttl-lt", "--ttl-gt"]], family: .v4),
        "hl": XtablesExtension(
            options: [
                "--hl-eq": .negatable(.number(0...255)), "--hl-lt": .plain(.number(0...255)),
                "--hl-gt": .plain(.number(0...255)),
            ], needs: [["--hl-eq", "--hl-lt", "--hl-gt"]], family: .v6),
        "dscp": XtablesExtension(
            options: [
                "--dscp": .negatable(.number(0...63)),
                "--dscp-class": .negatable(
                    .oneOf(Set(NftSymbols.dscps.map { $0.key.uppercased() }.filter { $0 < "D" }))),
            ], needs: [["--dscp", "--dscp-class"]]),
        "addrtype": XtablesExtension(
            options: [
                "--src-type": .negatable(.listOf(addressTypes)),
                "--dst-type": .negatable(.listOf(addressTypes)), "--limit-iface-in": .flag,
            ], needsAny: ["--src-type", "--dst-type"]),
        "iprange": XtablesExtension(
            options: [
                "--src-range": .negatable(.addressRange),
                "--dst-range": .negatable(.addressRange),
            ], needsAny: ["--src-range", "--dst-range"]),
        "set": XtablesExtension(
            options: ["--match-set": .negatable(.set)], needs: [["--match-set"]]),
        "recent": XtablesExtension(
            options: [
                "--set": .negatable(.none), "--rcheck": .negatable(.none),
                "--update": .negatable(.none), "--remove": .negatable(.none),
                "--seconds": .plain(.number(1...0xFFFF_FFFF)),
                "--hitcount": .plain(.number(1...20)), "--name": .plain(.text(199)),
                "--rsource": .flag, "--rdest": .flag, "--mask": .plain(.netmask),
            ], needs: [["--set", "--rcheck", "--update", "--remove"]]),
        "connlimit": XtablesExtension(
            options: [
                "--connlimit-above": .negatable(.number(0...0xFFFF_FFFF)),
                "--connlimit-upto": .negatable(.number(0...0xFFFF_FFFF)),
                "--connlimit-mask": .plain(.number(0...32)), "--connlimit-saddr": .flag,
                "--connlimit-daddr": .flag,
            ], needs: [["--connlimit-above", "--connlimit-upto"]]),
        "hashlimit": XtablesExtension(
            options: [
                "--hashlimit-upto": .plain(.rate), "--hashlimit-above": .plain(.rate),
                "--hashlimit-burst": .plain(.number(1...10000)),
                "--hashlimit-mode": .plain(.listOf(["srcip", "dstip", "srcport", "dstport"])),
                "--hashlimit-name": .plain(.text(15)),
                "--hashlimit-htable-expire": .plain(.number(1000...0x7FFF_FFFF)),
                "--hashlimit-srcmask": .plain(.number(0...32)),
            ], needs: [["--hashlimit-upto", "--hashlimit-above"], ["--hashlimit-name"]]),
        "owner": XtablesExtension(
            options: [
                "--uid-owner": .negatable(.number(0...0xFFFF_FFFE)),
                "--gid-owner": .negatable(.number(0...0xFFFF_FFFE)),
            ], needsAny: ["--uid-owner", "--gid-owner"], hooks: [.output, .postrouting]),
        "string": XtablesExtension(
            options: [
                "--algo": .plain(.oneOf(["bm", "kmp"])), "--string": .negatable(.text(127)),
                "--from": .plain(.number(0...65535)), "--to": .plain(.number(0...65535)),
            ], needs: [["--algo"], ["--string"]]),
        "statistic": XtablesExtension(
            options: [
                "--mode": .plain(.oneOf(["random"])), "--probability": .negatable(.fraction),
            ], needs: [["--mode"], ["--probability"]]),
        "time": XtablesExtension(
            options: ["--timestart": .plain(.time), "--timestop": .plain(.time)]),
        "rt": XtablesExtension(
            options: ["--rt-type": .negatable(.number(0...255))], family: .v6),
        "rpfilter": XtablesExtension(
            options: [
                "--loose": .flag, "--validmark": .flag, "--accept-local": .flag,
                "--invert": .flag,
            ], tables: ["raw", "mangle"], hooks: [.prerouting]),
    ]

    private static let addressTypes: Set<String> = [
        "UNSPEC", "UNICAST", "LOCAL", "BROADCAST", "ANYCAST", "MULTICAST", "BLACKHOLE",
        "UNREACHABLE", "PROHIBIT",
    ]

    static let targets: [String: XtablesExtension] = [
        "ACCEPT": XtablesExtension(),
        "DROP": XtablesExtension(tables: ["filter", "mangle", "raw", "security"]),
        "RETURN": XtablesExtension(),
        "LOG": XtablesExtension(options: [
            "--log-prefix": .plain(.text(29)),
            "--log-level": .plain(
                .oneOf([
                    "0", "1", "2", "3", "4", "5", "6", "7", "debug", "info", "notice", "warning",
                    "error", "crit", "alert", "emerg",
                ])),
            "--log-tcp-sequence": .flag, "--log-tcp-options": .flag, "--log-ip-options": .flag,
            "--log-uid": .flag, "--log-macdecode": .flag,
        ]),
        "NFLOG": XtablesExtension(options: [
            "--nflog-group": .plain(.number(0...65535)), "--nflog-prefix": .plain(.text(63)),
            "--nflog-threshold": .plain(.number(1...65535)),
        ]),
        "REJECT": XtablesExtension(
            options: ["--reject-with": .plain(.text(30))], tables: ["filter"],
            hooks: [.input, .forward, .output]),
        "MARK": XtablesExtension(
            options: marks, needs: [Set(marks.keys)]),
        "CONNMARK": XtablesExtension(
            options: marks.merging([
                "--save-mark": .flag, "--restore-mark": .flag,
                "--nfmask": .plain(.number(0...0xFFFF_FFFF)),
                "--ctmask": .plain(.number(0...0xFFFF_FFFF)),
                "--mask": .plain(.number(0...0xFFFF_FFFF)),
            ]) { old, _ in old },
            needs: [Set(marks.keys).union(["--save-mark", "--restore-mark"])]),
        "DNAT": XtablesExtension(
            options: [
                "--to-destination": .plain(.translation), "--random": .flag,
                "--persistent": .flag,
            ], needs: [["--to-destination"]], tables: ["nat"], hooks: [.prerouting, .output]),
        "SNAT": XtablesExtension(
            options: [
                "--to-source": .plain(.translation), "--random": .flag, "--persistent": .flag,
                "--random-fully": .flag,
            ], needs: [["--to-source"]], tables: ["nat"], hooks: [.postrouting, .input]),
        "MASQUERADE": XtablesExtension(
            options: [
                "--to-ports": .plain(.range(65535)), "--random": .flag, "--random-fully": .flag,
            ], tables: ["nat"], hooks: [.postrouting]),
        "REDIRECT": XtablesExtension(
            options: ["--to-ports": .plain(.port), "--random": .flag], tables: ["nat"],
            hooks: [.prerouting, .output]),
        "CT": XtablesExtension(
            options: ["--notrack": .flag, "--zone": .plain(.number(0...65535))],
            needsAny: ["--notrack", "--zone"], tables: ["raw"]),
        "NOTRACK": XtablesExtension(tables: ["raw"]),
        "TRACE": XtablesExtension(tables: ["raw"]),
        "TCPMSS": XtablesExtension(
            options: [
                "--clamp-mss-to-pmtu": .flag, "--set-mss": .plain(.number(1...65495)),
            ], needs: [["--clamp-mss-to-pmtu", "--set-mss"]], transports: [6],
            hooks: [.forward, .output, .postrouting]),
        "TTL": XtablesExtension(
            options: ["--ttl-set": .plain(.number(0...255))], needs: [["--ttl-set"]],
            family: .v4, tables: ["mangle"]),
        "HL": XtablesExtension(
            options: ["--hl-set": .plain(.number(0...255))], needs: [["--hl-set"]],
            family: .v6, tables: ["mangle"]),
        "DSCP": XtablesExtension(
            options: ["--set-dscp": .plain(.number(0...63))], needs: [["--set-dscp"]],
            tables: ["mangle"]),
        "CHECKSUM": XtablesExtension(
            options: ["--checksum-fill": .flag], needs: [["--checksum-fill"]],
            tables: ["mangle"]),
        "SET": XtablesExtension(
            options: [
                "--add-set": .plain(.set), "--del-set": .plain(.set), "--exist": .flag,
            ], needs: [["--add-set", "--del-set"]]),
        "NFQUEUE": XtablesExtension(options: [
            "--queue-num": .plain(.number(0...65535)), "--queue-bypass": .flag,
        ]),
    ]

    private static let marks: [String: XtablesOption] = [
        "--set-xmark": .plain(.mark), "--set-mark": .plain(.mark),
        "--and-mark": .plain(.number(0...0xFFFF_FFFF)),
        "--or-mark": .plain(.number(0...0xFFFF_FFFF)),
        "--xor-mark": .plain(.number(0...0xFFFF_FFFF)),
    ]

    /// The answers that REJECT gives.
    static func rejections(_ family: Address.Family) -> Set<String> {
        family == .v4
            ? [
                "icmp-net-unreachable", "icmp-host-unreachable", "icmp-port-unreachable",
                "icmp-proto-unreachable", "icmp-net-prohibited", "icmp-host-prohibited",
                "icmp-admin-prohibited", "tcp-reset",
            ]
            : [
                "icmp6-no-route", "icmp6-adm-prohibited", "icmp6-addr-unreachable",
                "icmp6-port-unreachable", "tcp-reset",
            ]
    }
}
