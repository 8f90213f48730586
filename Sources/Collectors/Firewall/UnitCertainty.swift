import Facts

/// Whether nothing that we do not follow decides about the start of a unit.
struct UnitCertainty<View: HostView> {
    let host: View
    let units: BootUnits

    // Settings that decide neither whether the commands run nor what they may do to the rules.
    private static var plain: Set<String> {
        [
            "Type", "RemainAfterExit", "ExecStart", "ExecStartPre", "ExecStartPost", "ExecReload",
            "ExecStop", "ExecStopPost", "StandardInput", "StandardOutput", "StandardError",
            "ProtectSystem", "ProtectHome", "TimeoutSec", "TimeoutStartSec", "TimeoutStopSec",
            "Restart", "RestartSec", "SyslogIdentifier", "Nice", "KillMode", "Environment",
            "EnvironmentFile", "BusName", "PIDFile", "ConfigurationDirectory",
            "SuccessExitStatus", "DevicePolicy", "KeyringMode", "LockPersonality",
            "MemoryDenyWriteExecute", "PrivateDevices", "ProtectClock", "ProtectControlGroups",
            "ProtectHostname", "ProtectKernelLogs", "RestrictRealtime", "RestrictSUIDSGID",
            "SystemCallArchitectures",
        ]
    }

    // Settings that take something away which rules may need, unless they are off.
    private static var guards: Set<String> { ["ProtectKernelModules", "ProtectKernelTunables"] }

    /// It is started, and its commands can do their work.
    func isCertain(_ unit: BootUnits.Unit) -> Bool {
        let settings = unit.file.settings
        let isPlain = settings.allSatisfy { setting in
            switch setting.section {
            case "Service":
                Self.plain.contains(setting.key) || setting.value.isEmpty
                    || Self.guards.contains(setting.key)
                        && ["no", "false", "0", "off"].contains(setting.value)
            case "Unit": !setting.key.hasPrefix("Assert")
            default: true
            }
        }
        return isPlain && !unit.isTriggered && !isStoppedByOthers(unit)
            && needs(unit).allSatisfy(starts) && conditionsHold(unit)
            && (unit.file.value("Type", in: "Service") != "dbus" || canOwnName(unit))
    }

    /// A unit that started in this boot starts in the next one: nothing that comes only once, or that
    /// it made itself, decides about it.
    func startsAgain(_ unit: BootUnits.Unit) -> Bool {
        !unit.isTriggered && !isStoppedByOthers(unit)
            && unit.file.settings.allSatisfy { setting in
                guard setting.section == "Unit", !setting.value.isEmpty else { return true }
                switch setting.key {
                case "ConditionFirstBoot", "ConditionNeedsUpdate", "AssertFirstBoot",
                    "AssertNeedsUpdate":
                    return false
                case let key where Self.isOfPaths(key): return isThere(setting.value)
                default: return true
                }
            }
    }

    private static func isOfPaths(_ key: String) -> Bool {
        key.hasPrefix("ConditionPath") || key.hasPrefix("AssertPath")
            || ["ConditionFileNotEmpty", "ConditionDirectoryNotEmpty", "AssertFileNotEmpty"]
                .contains(key)
    }

    // As it is now; what is to be one of several may hang on another.
    private func isThere(_ value: String) -> Bool {
        guard !value.hasPrefix("|") else { return false }
        let isNegated = value.hasPrefix("!")
        guard let exists = try? host.exists(HostPath(isNegated ? String(value.dropFirst()) : value))
        else { return false }
        return exists != isNegated
    }

    // Of two units that conflict one stops, or is never started.
    private func isStoppedByOthers(_ unit: BootUnits.Unit) -> Bool {
        let others = units.all.filter { $0.name != unit.name }
        return unit.file.value("StopWhenUnneeded", in: "Unit") != nil
            || !unit.file.words("StopPropagatedFrom", in: "Unit").isEmpty
            || unit.file.words("PartOf", in: "Unit").contains { !$0.hasSuffix(".target") }
            || others.contains { other in
                excludes(unit, other) || excludes(other, unit)
                    || names(unit, in: "PropagatesStopTo", of: other)
            }
    }

    private func excludes(_ unit: BootUnits.Unit, _ other: BootUnits.Unit) -> Bool {
        names(other, in: "Conflicts", of: unit)
    }

    private func names(_ other: BootUnits.Unit, in key: String, of unit: BootUnits.Unit) -> Bool {
        unit.file.words(key, in: "Unit").compactMap { UnitName($0) }.contains { name in
            if name == other.name { return true }
            // An alias is a link by another name.
            guard name.type == "service",
                case .unit(let own, _)? = try? UnitLookup(host: host).find(name)
            else { return false }
            return own == other.name
        }
    }

    // A service that must own a name on the bus ends where there is none.
    private func canOwnName(_ unit: BootUnits.Unit) -> Bool {
        guard let name = unit.file.value("BusName", in: "Service"),
            units.all.contains(where: { $0.name.text == "dbus.socket" })
        else { return false }
        let directories: [HostPath] = ["/usr/share/dbus-1/system.d", "/etc/dbus-1/system.d"]
        return directories.contains { directory in
            guard let entries = try? host.list(directory) else { return false }
            return entries.contains { entry in
                guard entry.name.hasSuffix(".conf"),
                    let bytes = try? host.read(directory.appending(entry.name))
                else { return false }
                return String(decoding: bytes, as: UTF8.self).contains("own=\"\(name)\"")
            }
        }
    }

    private func needs(_ unit: BootUnits.Unit) -> [UnitName] {
        ["Requires", "BindsTo", "Requisite"].flatMap { unit.file.words($0, in: "Unit") }
            .compactMap { UnitName($0) }
    }

    private func starts(_ name: UnitName) -> Bool {
        // Mounts and devices come from elsewhere than unit files.
        units.all.contains { $0.name == name } && ["service", "target"].contains(name.type)
    }

    private func conditionsHold(_ unit: BootUnits.Unit) -> Bool {
        unit.file.settings.allSatisfy { setting in
            guard setting.section == "Unit", setting.key.hasPrefix("Condition"),
                !setting.value.isEmpty
            else { return true }
            return holds(setting)
        }
    }

    private func holds(_ setting: UnitFile.Setting) -> Bool {
        let isNegated = setting.value.hasPrefix("!")
        let path = HostPath(isNegated ? String(setting.value.dropFirst()) : setting.value)
        let isOfFiles = path.hasPrefix("/etc/") || path.hasPrefix("/usr/")
        guard isOfFiles, !path.hasSuffix("*") else { return false }
        switch setting.key {
        case "ConditionPathExists":
            guard let exists = try? host.exists(path) else { return false }
            return exists != isNegated
        case "ConditionFileNotEmpty":
            guard let bytes = try? host.read(path) else { return false }
            return bytes.isEmpty == isNegated
        default: return false
        }
    }
}
