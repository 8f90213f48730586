import Facts
import PacketFilter

/// What filters packets in one layer of a host, before it is judged.
struct FirewallLayer {
    var layer: Layer
    /// The rulesets that may be in force; more than one where a loader may refuse its file.
    var rulesets: [Ruleset]
    var network: HostNetwork
    /// Interfaces that files, not the present routes and addresses, show to lead outside.
    var outward = OutwardInterfaces()
    /// Interfaces that any table of routes, or two halves of the addresses, make a way to everybody.
    var defaultWays: Set<String> = []
    /// What became of the wish to have its files loaded for a trial; nil where nobody asked for that.
    var replay: String?
    /// Networks on which the answer is the same question again; more than one where a service may
    /// turn IPv6 on.
    var otherNetworks: [HostNetwork] = []
    /// Why rules are not loaded, for people.
    var remarks: [String] = []
    /// What keeps the whole layer from being known; in the name of no table yet.
    var gaps: [Gap]

    /// A layer that is known.
    init(_ layer: Layer, rulesets: [Ruleset], network: HostNetwork) {
        self.layer = layer
        self.rulesets = rulesets
        self.network = network
        gaps = []
    }

    /// A layer of which nothing can be said.
    init(_ layer: Layer, unknown gap: Gap) {
        self.layer = layer
        rulesets = []
        network = .image
        var gap = gap
        gap.layer = layer
        gaps = [gap]
    }
}
