import Netlink

/// The dumps of rtnetlink(7) that say what the network of a host is.
extension NetlinkQuestion {
    static let links = NetlinkQuestion(.route, type: 18, body: [UInt8](repeating: 0, count: 16))
    static let addresses = NetlinkQuestion(.route, type: 22, body: [UInt8](repeating: 0, count: 8))
    static let routes = NetlinkQuestion(.route, type: 26, body: [UInt8](repeating: 0, count: 12))
    static let rules = NetlinkQuestion(.route, type: 34, body: [UInt8](repeating: 0, count: 12))
    static let queues = NetlinkQuestion(.route, type: 38, body: [UInt8](repeating: 0, count: 20))
}
