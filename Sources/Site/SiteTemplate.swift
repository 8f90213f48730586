package import Facts

/// The site file that an operator begins with: what `assay site init` writes.
///
/// What a host shows is proposed, never taken for granted: a person must review every line.
package struct SiteTemplate: Sendable {
    /// A flow that is open and behind which something listens.
    package struct Flow: Sendable, Hashable {
        package var transport: IPProtocol
        package var port: UInt16
        /// What listens, such as `sshd`; it becomes part of a comment.
        package var listener: String?

        /// A flow by its parts.
        package init(transport: IPProtocol, port: UInt16, listener: String?) {
            self.transport = transport
            self.port = port
            self.listener = listener
        }
    }

    /// What the host seems to be for; nil where nothing says so.
    package var role: Role?
    /// Nil where it could not be seen.
    package var ingress: [Flow]?
    /// Interfaces that lead nowhere outside, as far as was seen.
    package var inside: [String]

    /// A template with what a host shows.
    package init(role: Role? = nil, ingress: [Flow]? = nil, inside: [String] = []) {
        self.role = role
        self.ingress = ingress
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

    private var ingressLines: String {
        guard let ingress else { return "  # ingress: []" }
        guard !ingress.isEmpty else { return "  ingress: []" }
        let lines = ingress.map { flow in
            let listener = flow.listener.map { " (\(Self.word($0)))" } ?? ""
            return "    - { proto: \(flow.transport.rawValue), dport: \(flow.port), from: any, "
                + "purpose: \"TODO: why is it needed?\" }   # open now\(listener)"
        }
        return (["  ingress:"] + lines).joined(separator: "\n")
    }

    // The kernel takes brackets and quotes in the name of an interface.
    private var insideNames: String {
        inside.filter { $0.wholeMatch(of: /[A-Za-z0-9_.@-]{1,15}/) != nil }
            .map { "\"\($0)\"" }.joined(separator: ", ")
    }

    // What listens is named by whoever wrote the program: it must not leave the comment.
    private static func word(_ text: String) -> String {
        Readable.text(text.utf8.prefix(40))
    }
}
