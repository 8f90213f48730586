package import Facts

/// The site file that an operator begins with: what `assay site init` writes.
///
/// What a host shows is proposed, never taken for granted: a person must review every line.
package struct SiteTemplate: Sendable {
    /// A flow that is open and behind which something listens.
    package struct Flow: Sendable, Hashable {
        package var transport: IPProtocol
        package var port: UInt16
        /// Networks that it comes from; empty is every address.
        package var sources: [String] = []
        /// Addresses that it goes to; empty is every one of the host.
        package var destinations: [String] = []
        /// 4 or 6; nil is both.
        package var family: Int?
        /// Where it comes in; nil is everywhere.
        package var interface: String?
        /// What listens, such as `sshd`; it becomes part of a comment.
        package var listener: String?

        /// A flow from everywhere.
        package init(transport: IPProtocol, port: UInt16, listener: String?) {
            self.transport = transport
            self.port = port
            self.listener = listener
        }
    }

    /// What a running host lets in.
    package struct Seen: Sendable, Hashable {
        /// What is proposed.
        package var ingress: [Flow]
        /// Flows that are open and behind which nothing listens, and those that are passed on: they
        /// become comments.
        package var others: [String]

        /// What was seen, by its parts.
        package init(ingress: [Flow], others: [String]) {
            self.ingress = ingress
            self.others = others
        }
    }

    /// What the host seems to be for; nil where nothing says so.
    package var role: Role?
    /// Nil where it could not be seen.
    package var seen: Seen?
    /// Interfaces that lead nowhere outside, as far as was seen.
    package var inside: [String]

    /// A template with what a host shows.
    package init(role: Role? = nil, seen: Seen? = nil, inside: [String] = []) {
        self.role = role
        self.seen = seen
        self.inside = inside
    }

    /// The file; it is read without a mistake, and declares only what was seen.
    package var text: String {
        """
        # What this host is for, as its operator declares it: review every line, then sign off.
        # What is not declared stays unknown; `assay site check` says what is not understood.
        schema: 1

        # server | workstation | image
        \(roleLine)

        # One of the keys of `environments`.
        # environment: production
        # environments:
        #   production:  { networks: [10.10.0.0/16, "fd00:10::/48"] }
        #   development: { networks: [10.20.0.0/16] }
        # container_environment_label: environment

        # All interfaces but lo are outside unless they are named here.
        interfaces: { inside: [\(insideNames)] }

        firewall:
          # Which new connections are necessary, and what for.
          #   proto: tcp, [tcp, udp], any      dport, sport: 22, "8000-8010", [80, 443], any
          #   from, to: [10.10.0.0/16], any    family: 4 | 6    interface: eth0
        \(ingressLines)
          forward: []
          # unrestricted with a reason, or a list like ingress
          # egress: unrestricted
          # egress_reason: package mirrors
          icmp: essential               # essential | any | none
          # Who loads the rules at boot, when it is not a loader that Assay knows.
          # persistence: { unit: my-firewall.service }

        # Without these lines the contract's own bounds hold; they can only be made stricter.
        # idle: { max_seconds: 300, tolerance_seconds: 30, require_mandatory: false, text_sessions: false }
        # updates: { grace_days: { critical: 0, high: 0, medium: 0, low: 0 } }

        # databases: [{ environment: production, engine: postgresql, cluster: main, name: app_prod }]
        # credential_stores: [{ kind: postgresql-table, connection: "service=app", table: users, column: password }]
        # no_credentials: [{ engine: postgresql, cluster: main, name: metrics, reason: no accounts }]
        # config_files: [/etc/app/app.env]
        # releases: [{ name: shop, path: /srv/shop/current }]

        """
    }

    private var roleLine: String {
        role.map { "role: \($0.rawValue)" } ?? "# role: server"
    }

    private static let shown = 30

    private var ingressLines: String {
        guard let seen else {
            return
                "  # What is open now was not seen: a running host shows it to root.\n  # ingress: []"
        }
        var lines = seen.ingress.isEmpty ? ["  ingress: []"] : ["  ingress:"]
        lines += seen.ingress.map(Self.line)
        if !seen.others.isEmpty {
            lines.append("  # Open now as well, and nothing of this host listens: close it.")
            lines += seen.others.prefix(Self.shown).map { "  #   \(Self.word($0, 200))" }
            let rest = seen.others.count - Self.shown
            if rest > 0 { lines.append("  #   \(rest) more: assay facts packet_flows") }
        }
        return lines.joined(separator: "\n")
    }

    private static func line(_ flow: Flow) -> String {
        var parts = ["proto: \(flow.transport.rawValue)", "dport: \(flow.port)"]
        parts.append("from: \(list(flow.sources))")
        if !flow.destinations.isEmpty { parts.append("to: \(list(flow.destinations))") }
        if let family = flow.family { parts.append("family: \(family)") }
        if let interface = flow.interface, isPlain(interface) {
            parts.append("interface: \"\(interface)\"")
        }
        parts.append("purpose: \"TODO: why is it needed?\"")
        let listener = flow.listener.map { " (\(word($0, 60)))" } ?? ""
        return "    - { \(parts.joined(separator: ", ")) }   # open now\(listener)"
    }

    private static func list(_ networks: [String]) -> String {
        networks.isEmpty
            ? "any" : "[" + networks.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }

    private static func isPlain(_ interface: String) -> Bool {
        interface.wholeMatch(of: /[A-Za-z0-9_.@-]{1,15}/) != nil
    }

    // The kernel takes brackets and quotes in the name of an interface.
    private var insideNames: String {
        inside.filter(Self.isPlain)
            .map { "\"\($0)\"" }.joined(separator: ", ")
    }

    // What listens is named by whoever wrote the program: it must not leave the comment.
    private static func word(_ text: String, _ length: Int) -> String {
        Readable.text(text.utf8.prefix(length))
    }
}
