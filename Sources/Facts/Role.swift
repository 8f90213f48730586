/// What a host is for, as its operator declares it.
package enum Role: String, Sendable, Hashable, CaseIterable {
    case server
    case workstation
    case image
}
