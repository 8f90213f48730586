import Documents
import Site

/// Site files for tests, and what is said about them.
enum SiteSample {
    static let bounds = ContractBounds(
        idleSeconds: 300, idleToleranceSeconds: 30,
        graceDays: GraceDays(critical: 7, high: 14, medium: 30, low: 90))

    /// Every section once.
    static let whole = """
        schema: 1
        role: server
        environment: production
        interfaces: { inside: [wg0] }
        firewall:
          ingress:
            - { proto: tcp, dport: [80, 443], from: any, purpose: public site }
            - { proto: tcp, dport: 22, from: [10.10.0.0/16], purpose: administration }
            - { proto: udp, dport: 68, sport: 67, family: 4, interface: eth0, purpose: dhcp }
          forward: []
          egress: unrestricted
          egress_reason: package mirrors and customers' webhooks
          icmp: essential
          persistence: { unit: my-firewall.service }
        idle: { max_seconds: 300, tolerance_seconds: 30, require_mandatory: false, text_sessions: false }
        environments:
          production: { networks: [10.10.0.0/16, "fd00:10::/48"] }
          development: { networks: [10.20.0.0/16] }
        container_environment_label: environment
        databases: [{ environment: production, engine: postgresql, cluster: main, name: app_prod }]
        credential_stores: [{ kind: postgresql-table, connection: "service=app", table: users, column: password }]
        no_credentials: [{ engine: postgresql, cluster: main, name: metrics, reason: no accounts }]
        config_files: [/etc/app/app.env]
        updates: { grace_days: { critical: 2, high: 7, medium: 30, low: 90 } }
        releases: [{ name: shop, path: /srv/shop/current }]

        """

    static func reading(_ text: String) -> Reading<SiteFile> {
        SiteFile.reading([SourceFile(name: "site.yaml", text: text)], bounds: bounds)
    }

    static func messages(_ text: String) -> [String] {
        reading(text).diagnostics.map(\.description)
    }
}
