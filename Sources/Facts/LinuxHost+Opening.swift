import Linux

extension LinuxHost {
    /// The machine that the scan runs on.
    ///
    /// Root sees it as its first process does; an ordinary user has its own view, which `limits` say,
    /// and no replay.
    package static func live(replay: (any RuleReplay)? = nil) throws(HostError) -> LinuxHost {
        let processes = try ProcessFiles.open()
        let identity = Identity.effective
        if identity.user == 0,
            let host = try? LinuxHost.seenByFirst(try ProcessFiles.open(), replay)
        {
            return host
        }
        var limits: [HostLimit] = [identity.user == 0 ? .ownRoot : .unprivileged]
        let own = try processes.mounts(of: "self")
        if let first = try? processes.mounts(of: "1") {
            // No two namespaces share a mount, and so no id.
            if MountTable.ids(in: own).isDisjoint(with: MountTable.ids(in: first)) {
                limits.append(.otherMounts)
            }
        } else {
            limits.append(.mountsNotComparable)
        }
        let root = try LinuxHost.directory("/")
        return try LinuxHost.host(.live, root, base: "/", own, processes, limits)
    }

    /// The machine as this process alone sees it: what `self` is in `/proc` is this process, not the
    /// first one of the host.
    package static func secluded() throws(HostError) -> LinuxHost {
        let processes = try ProcessFiles.open()
        let mounts = try processes.mounts(of: "self")
        let root = try LinuxHost.directory("/")
        return try host(
            .live, root, base: "/", mounts, processes, [.ownRoot], selfIsFirst: false)
    }

    private static func seenByFirst(
        _ processes: consuming ProcessFiles, _ replay: (any RuleReplay)?
    ) throws -> LinuxHost {
        let root = try processes.firstRoot()
        let mounts = try processes.mounts(of: "1")
        return try host(
            .live, root, base: "/", mounts, processes, [], isFirstRoot: true, replay: replay)
    }

    /// A root directory that does not run; every path is inside it, absolute links included.
    package static func offline(root: String) throws(HostError) -> LinuxHost {
        let processes = try ProcessFiles.open()
        let directory = try directory(HostPath(root))
        let base: HostPath
        do throws(SystemError) {
            base = try processes.path(of: directory)
        } catch {
            throw HostError(error, HostPath(root))
        }
        let limits: [HostLimit] = Identity.effective.user == 0 ? [] : [.unprivileged]
        let mounts = try processes.mounts(of: "self")
        return try host(.offline, directory, base: base, mounts, processes, limits)
    }

    private static func directory(_ path: HostPath) throws(HostError) -> Descriptor {
        do throws(SystemError) {
            return try Descriptor.open(path.bytes, .followedPlace)
        } catch {
            throw HostError(error, path)
        }
    }

    private static func host(
        _ kind: HostKind, _ root: consuming Descriptor, base: HostPath, _ lines: [UInt8],
        _ processes: consuming ProcessFiles, _ limits: [HostLimit], isFirstRoot: Bool = false,
        selfIsFirst: Bool = true, replay: (any RuleReplay)? = nil
    ) throws(HostError) -> LinuxHost {
        // Without root's power, the user's own links lead to nothing that the user may not read.
        let owners: Set<UInt32> = [0, Identity.effective.user]
        do throws(SystemError) {
            let mount = try root.information().mount
            let mounts: MountTable
            do throws(HostError) {
                mounts = try MountTable(lines, below: base, rootMount: mount)
            } catch {
                throw .invalid
            }
            let second = try root.duplicated()
            let files = try PathWalk(
                below: root, mounts: mounts, owners: owners,
                selfIsFirst: selfIsFirst && kind == .live)
            return LinuxHost(
                kind, files: files,
                programs: try PathWalk(
                    below: second, mounts: mounts, owners: [0],
                    selfIsFirst: selfIsFirst && kind == .live),
                processes: processes, limits: limits, isFirstRoot: isFirstRoot, replay: replay)
        } catch {
            throw HostError(error, base)
        }
    }
}
