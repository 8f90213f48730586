import Facts

/// Where programs are kept that something else than a unit runs at boot.
enum HookPlaces {
    /// Directories of scripts, and the program without which nobody runs them.
    static let directories: [(place: HostPath, program: HostPath)] = {
        let manager: HostPath = "/usr/sbin/NetworkManager"
        let client: HostPath = "/usr/sbin/dhclient"
        let dispatcher: HostPath = "/usr/bin/networkd-dispatcher"
        let states = ["routable", "configured", "configuring", "carrier", "degraded", "no-carrier"]
        let dispatched = ["/etc/networkd-dispatcher/", "/usr/lib/networkd-dispatcher/"].flatMap {
            place in states.map { HostPath(place + $0 + ".d") }
        }
        let managed = ["/etc", "/usr/lib"].flatMap { place in
            ["", "/pre-up.d", "/no-wait.d"].map {
                HostPath(place + "/NetworkManager/dispatcher.d" + $0)
            }
        }
        return managed.map { ($0, manager) } + dispatched.map { ($0, dispatcher) }
            + [
                ("/etc/dhcp/dhclient-enter-hooks.d", client),
                ("/etc/dhcp/dhclient-exit-hooks.d", client),
                ("/etc/ppp/ip-up.d", "/usr/sbin/pppd"),
                ("/etc/ppp/ipv6-up.d", "/usr/sbin/pppd"),
                ("/etc/systemd/system-generators", "/"),
                ("/usr/local/lib/systemd/system-generators", "/"),
                ("/etc/cron.hourly", "/"), ("/etc/cron.daily", "/"), ("/etc/cron.weekly", "/"),
                ("/etc/cron.monthly", "/"), ("/etc/cron.yearly", "/"), ("/etc/cron.d", "/"),
                ("/var/spool/cron/crontabs", "/"), ("/var/spool/cron/atjobs", "/"),
                ("/etc/udev/rules.d", "/"), ("/usr/local/lib/udev/rules.d", "/"),
                ("/etc/modprobe.d", "/"), ("/usr/local/lib/modprobe.d", "/"),
                ("/etc/systemd/system-environment-generators", "/"),
                ("/usr/local/lib/systemd/system-environment-generators", "/"),
                ("/etc/openvpn", "/usr/sbin/openvpn"), ("/etc/openvpn/client", "/usr/sbin/openvpn"),
                ("/etc/openvpn/server", "/usr/sbin/openvpn"),
                ("/etc/supervisor/conf.d", "/usr/bin/supervisord"),
                ("/etc/monit/conf.d", "/usr/bin/monit"),
                ("/etc/monit/conf-enabled", "/usr/bin/monit"),
                ("/etc/network/if-post-up.d", "/usr/sbin/ifup"),
                ("/etc/letsencrypt/renewal-hooks/pre", "/"),
                ("/etc/letsencrypt/renewal-hooks/deploy", "/"),
                ("/etc/letsencrypt/renewal-hooks/post", "/"), ("/etc/letsencrypt/renewal", "/"),
                ("/etc/dnsmasq.d", "/usr/sbin/dnsmasq"),
                ("/etc/smartmontools/run.d", "/usr/sbin/smartd"),
                ("/etc/acpi", "/usr/sbin/acpid"), ("/etc/acpi/events", "/usr/sbin/acpid"),
                ("/etc/ifplugd/action.d", "/usr/sbin/ifplugd"),
                ("/etc/xinetd.d", "/usr/sbin/xinetd"), ("/etc/incron.d", "/usr/sbin/incrond"),
                ("/var/spool/incron", "/usr/sbin/incrond"), ("/etc/systemd/system-sleep", "/"),
            ]
            + initial.map {
                (HostPath("/etc/initramfs-tools/scripts/" + $0), "/usr/sbin/update-initramfs")
            }
    }()

    // Stages of initramfs-tools(7): what they load stays when the real root takes over.
    private static let initial = [
        "init-top", "init-premount", "init-bottom", "local-top", "local-block", "local-premount",
        "local-bottom", "nfs-top", "nfs-premount", "nfs-bottom", "panic",
    ]

    /// Single files of the same kind.
    static let files: [HostPath] = [
        "/etc/crontab", "/etc/anacrontab", "/etc/ppp/ip-up",
        "/etc/ppp/ipv6-up", "/etc/dhcp/dhclient-enter-hooks", "/etc/dhcp/dhclient-exit-hooks",
        "/etc/dhcpcd.enter-hook", "/etc/dhcpcd.exit-hook", "/etc/supervisor/supervisord.conf",
        "/etc/monit/monitrc", "/etc/dnsmasq.conf", "/etc/inetd.conf", "/etc/letsencrypt/cli.ini",
    ]

    /// Directories of settings of which only a part is run.
    static let parts: [(place: HostPath, part: HookText, program: HostPath)] = [
        ("/etc/logrotate.d", .rotation, "/usr/sbin/logrotate"),
        ("/etc/apt/apt.conf.d", .upgrades, "/usr/bin/apt-get"), ("/etc/pam.d", .logins, "/"),
    ]

    /// Directories of packages, in which what no package brought is run as well.
    static let ofPackages: [HostPath] = [
        "/usr/lib/systemd/system-generators", "/usr/lib/systemd/system-environment-generators",
        "/usr/lib/systemd/system-sleep", "/usr/lib/udev/rules.d", "/usr/lib/modprobe.d",
        "/usr/lib/lsb/init-functions.d",
    ]

    /// Directories of connections of NetworkManager(8).
    static let connections: [HostPath] = [
        "/etc/NetworkManager/system-connections", "/usr/lib/NetworkManager/system-connections",
    ]

    /// Directories of cloud-init's settings and scripts.
    static let cloud: [HostPath] = [
        "/etc/cloud/cloud.cfg.d", "/var/lib/cloud/scripts/per-boot",
        "/var/lib/cloud/scripts/per-instance", "/var/lib/cloud/scripts/per-once",
        "/var/lib/cloud/scripts/vendor", "/etc/cloud",
    ]

    /// Directories of what cloud-init took apart, below that of an instance.
    static let ofInstance: [HostPath] = [
        "scripts", "scripts/vendor", "boothooks", "handlers",
    ]

    /// Directories in which cloud-init is given what it does.
    static let seeds: [HostPath] = [
        "/var/lib/cloud/seed/nocloud", "/var/lib/cloud/seed/nocloud-net",
        "/var/lib/cloud/seed/configdrive",
    ]

    /// Directories of units of root's own manager.
    static let ofRoot: [HostPath] = [
        "/root/.config/systemd/user", "/root/.local/share/systemd/user", "/etc/systemd/user",
        "/usr/local/lib/systemd/user",
    ]

    /// Directories of extensions, and the unit that merges them.
    static let extensions: [(unit: String, directories: [HostPath])] = [
        ("systemd-sysext.service", ["/etc/extensions", "/var/lib/extensions"]),
        ("systemd-confext.service", ["/var/lib/confexts", "/usr/local/lib/confexts"]),
    ]
}
