import Facts

/// The words that the kernel is started with: those of this boot, and those that files bring to the
/// next; see kernel-command-line(7).
struct KernelCommandLine {
    /// Every word, with the file that has it.
    private(set) var words: [(text: String, file: HostPath)] = []
    /// Files that could not be seen.
    private(set) var errors: [HostError] = []

    private static let files: [HostPath] = [
        "/etc/default/grub", "/etc/kernel/cmdline", "/etc/kernel/install.conf",
        "/boot/cmdline.txt", "/boot/firmware/cmdline.txt", "/boot/grub/grub.cfg",
        "/boot/extlinux/extlinux.conf", "/etc/default/u-boot",
    ]
    private static let directories: [HostPath] = [
        "/etc/default/grub.d", "/boot/loader/entries", "/boot/efi/loader/entries",
        "/etc/cmdline.d",
    ]
    // Entries of a menu that nobody chooses for an ordinary boot.
    private static let rescues: Set<String> = [
        "single", "emergency", "rescue", "systemd.unit=rescue.target",
        "systemd.unit=emergency.target",
    ]
    private static let systemd: Set<String> = [
        "/sbin/init", "/usr/sbin/init", "/lib/systemd/systemd", "/usr/lib/systemd/systemd",
        "/bin/systemd",
    ]
    // Whatever stands behind them decides which units there are.
    private static let deciders = [
        "rdinit=", "systemd.unit=", "systemd.run=", "systemd.set_credential",
        "systemd.import_credentials", "systemd.setenv=PATH",
    ]

    /// Reads the words of a host.
    init(of host: some HostView) {
        if host.kind == .live { readOwn(of: host) }
        for file in Self.files { read(file, on: host) }
        for directory in Self.directories {
            do throws(HostError) {
                for entry in try host.entries(of: directory) where entry.kind != .directory {
                    read(directory.appending(entry.name), on: host)
                }
            } catch {
                errors.append(error)
            }
        }
    }

    // A container's kernel was started for another host; its own words are those of its first process.
    private mutating func readOwn(of host: some HostView) {
        do throws(HostError) {
            guard try host.exists("/run/systemd/container") else {
                read("/proc/cmdline", on: host)
                return
            }
            let file: HostPath = "/proc/1/cmdline"
            words += try host.read(file).split(separator: 0).map { word in
                (String(decoding: word, as: UTF8.self), file)
            }
        } catch {
            if error.code != .notFound { errors.append(error) }
        }
    }

    private mutating func read(_ file: HostPath, on host: some HostView) {
        do throws(HostError) {
            for line in try host.lines(of: file) {
                let text = String(decoding: line, as: UTF8.self)
                let found = text.split { " \t\"'".contains($0) }.map(String.init)
                guard found.first?.hasPrefix("#") != true,
                    Self.rescues.isDisjoint(with: found)
                else { continue }
                // `GRUB_CMDLINE_LINUX=word` has no quotes around one word.
                words += found.map { word in
                    let isSetting =
                        word.hasPrefix("GRUB_CMDLINE") || word.hasPrefix("LINUX_KERNEL_CMDLINE")
                    let end = word.firstIndex(of: "=").map { word[word.index(after: $0)...] }
                    return (isSetting ? String(end ?? "") : word, file)
                }
            }
        } catch {
            if error.code != .notFound, error.code != .notRegular { errors.append(error) }
        }
    }

    /// The values of a word such as `systemd.mask=`, each with its file.
    func values(_ key: String) -> [(text: String, file: HostPath)] {
        words.filter { $0.text.hasPrefix(key + "=") }.map {
            (String($0.text.dropFirst(key.count + 1)), $0.file)
        }
    }

    /// The files with words by which other units start than those that unit files lead to.
    func changers(of units: BootUnits) -> Set<HostPath> {
        let started = Set(units.all.map(\.name.text))
        var files = Set(words.filter { Self.decides($0.text) }.map(\.file))
        // What is masked counts where it would start; what is wanted, where it would not.
        files.formUnion(values("systemd.mask").filter { started.contains($0.text) }.map(\.file))
        files.formUnion(values("systemd.wants").filter { !started.contains($0.text) }.map(\.file))
        return files
    }

    private static func decides(_ word: String) -> Bool {
        if word.hasPrefix("init=") { return !systemd.contains(String(word.dropFirst(5))) }
        return deciders.contains(where: word.hasPrefix)
    }

    /// Files of the next boot by which the kernel is started without IPv6.
    var turnsOffIPv6: Bool {
        words.contains { word in
            !word.file.hasPrefix("/proc/")
                && ["ipv6.disable=1", "ipv6.disable_ipv6=1"].contains(word.text)
        }
    }

    /// The modules that it forbids.
    var forbiddenModules: [String] {
        (values("modprobe.blacklist") + values("module_blacklist")).flatMap { value in
            value.text.split(separator: ",").map(String.init)
        }
    }

    /// The files with words that the kernel takes for settings of `/proc/sys`, about forwarding.
    var forwardingFiles: Set<HostPath> {
        Set(
            words.filter { word in
                word.text.hasPrefix("sysctl.")
                    && ForwardingNames.areNamed(in: Array(word.text.utf8))
            }.map(\.file))
    }
}
