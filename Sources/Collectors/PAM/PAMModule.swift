/// What a PAM module does to a new password, as far as it is known by its name.
enum PAMModule: Sendable {
    /// pam_unix hashes it.
    case unix
    /// pam_tcb hashes it, with the prefix that its arguments give.
    case tcb
    /// systemd-homed hashes it, with libcrypt's preferred method.
    case homed
    /// A directory, a realm or a database gets it.
    case elsewhere
    /// It stores none.
    case harmless
    /// Nobody knows.
    case unknown

    /// What the module of this name is.
    init(_ name: String) {
        let stem = name.hasSuffix(".so") ? String(name.dropLast(3)) : name
        switch stem {
        case "pam_unix", "pam_unix_passwd": self = .unix
        case "pam_tcb": self = .tcb
        case "pam_systemd_home": self = .homed
        case let stem where Self.distant.contains(stem): self = .elsewhere
        case let stem where Self.withoutStore.contains(stem): self = .harmless
        default: self = .unknown
        }
    }

    private static let distant: Set<String> = [
        "pam_sss", "pam_ldap", "pam_ldapd", "pam_krb5", "pam_winbind", "pam_aad", "pam_himmelblau",
        "pam_lsass", "pam_vas3", "pam_centrifydc", "pam_mysql", "pam_pgsql", "pam_radius_auth",
        "pam_tacplus", "pam_afs_session", "pam_afs", "pam_krb5afs", "pam_oslogin_login",
        "pam_oslogin_admin", "pam_smbpass", "pam_userdb", "pam_nis", "pam_authd",
    ]

    private static let withoutStore: Set<String> = [
        "pam_access", "pam_apparmor", "pam_canonicalize_user", "pam_cap", "pam_cgroup",
        "pam_ck_connector", "pam_cracklib", "pam_debug", "pam_deny", "pam_duo", "pam_echo",
        "pam_ecryptfs", "pam_elogind", "pam_encfs", "pam_env", "pam_faildelay", "pam_faillock",
        "pam_filter", "pam_fprintd", "pam_fscrypt", "pam_ftp", "pam_gdm", "pam_gnome_keyring",
        "pam_google_authenticator", "pam_group", "pam_issue", "pam_keyinit", "pam_kwallet",
        "pam_kwallet4", "pam_kwallet5", "pam_kwallet_init", "pam_lastlog", "pam_lastlog2",
        "pam_limits", "pam_listfile", "pam_localuser", "pam_loginuid", "pam_mail",
        "pam_mkhomedir", "pam_motd", "pam_mount", "pam_namespace", "pam_nologin", "pam_oath",
        "pam_oddjob_mkhomedir", "pam_p11", "pam_passwdqc", "pam_permit", "pam_pkcs11",
        "pam_postgresok", "pam_pwhistory", "pam_pwquality", "pam_rhosts", "pam_rootok",
        "pam_securetty", "pam_selinux", "pam_sepermit", "pam_setquota", "pam_shells", "pam_ssh",
        "pam_ssh_add", "pam_sss_gss", "pam_stress", "pam_succeed_if", "pam_systemd",
        "pam_systemd_loadkey", "pam_tally", "pam_tally2", "pam_time", "pam_timestamp",
        "pam_tmpdir", "pam_tty_audit", "pam_u2f", "pam_umask", "pam_usertype", "pam_warn",
        "pam_wheel", "pam_xauth", "pam_yubico",
    ]
}
