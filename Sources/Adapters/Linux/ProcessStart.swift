import CLinux

/// How a program is started, besides its descriptors.
package struct ProcessStart: Sendable, Hashable {
    /// Its arguments, the first of which is its name.
    package var arguments: [String]
    /// `NAME=value`; nothing is inherited.
    package var environment: [String] = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"]
    /// Whether the program is a script, so that its interpreter needs the descriptor.
    package var isScript = false
    /// Who it acts as, without supplementary groups; nil leaves what there is.
    package var identity: Identity?
    /// Whether it sees an empty network and IPC namespace, without the power to leave it.
    package var isIsolated = false
    /// Whether it runs in user, mount, network and IPC namespaces of its own: it may set up that
    /// network, write no file, and has no power over the host.
    package var isSecluded = false
    /// Bytes of address space that it may have; 0 is no limit of ours.
    package var memory: UInt64 = 0
    /// Seconds of processor time; 0 is no limit of ours.
    package var processorSeconds: UInt64 = 0
    /// Descriptors that it may open; 0 is no limit of ours.
    package var openFiles: UInt64 = 0

    /// A start with these arguments.
    package init(_ arguments: [String]) {
        self.arguments = arguments
    }
}

extension clinux_spawn {
    init(_ start: ProcessStart) {
        unsafe self.init()
        unsafe script = start.isScript ? 1 : 0
        unsafe isolated = start.isIsolated ? 1 : 0
        unsafe secluded = start.isSecluded ? 1 : 0
        unsafe memory = start.memory
        unsafe cpu_seconds = start.processorSeconds
        unsafe open_files = start.openFiles
        guard let identity = start.identity else { return }
        unsafe changes_identity = 1
        unsafe user = identity.user
        unsafe group = identity.group
    }
}
