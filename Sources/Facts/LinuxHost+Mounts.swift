import Linux

extension LinuxHost {
    private static let unitDirectories: [HostPath] = [
        "/etc/systemd/system", "/run/systemd/generator", "/usr/lib/systemd/system",
        "/lib/systemd/system",
    ]
    private static let tableLimit = 1 << 20

    /// Whether the host's own configuration mounts something at this path: fstab(5) or a unit of
    /// systemd.mount(5). What cannot be read declares nothing.
    func declaresMount(at path: HostPath) -> Bool {
        if fstabMountPoints.contains(where: { $0.components == path.components }) { return true }
        let unit = HostPath(MountUnit.name(for: path))
        return LinuxHost.unitDirectories.contains { directory in
            guard let place = try? files.place(at: directory.appending(unit), followsLast: true)
            else { return false }
            return place.information.kind == .regular && !place.isSingleMount
        }
    }

    private var fstabMountPoints: [HostPath] {
        guard let place = try? files.place(at: "/etc/fstab", followsLast: true),
            place.information.kind == .regular, !place.isSingleMount,
            let bytes = try? content(of: place, limit: LinuxHost.tableLimit, for: "/etc/fstab"),
            bytes.count <= LinuxHost.tableLimit
        else { return [] }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let fields = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard fields.count >= 2, fields[0].first != UInt8(ascii: "#") else { return nil }
            return MountEntry.unescaped(fields[1]).map(HostPath.init(bytes:))
        }
    }
}
