import Glibc

/// The host's own crypt(3), opened when it is needed: the program is not linked with it.
@safe package struct CryptLibrary: ~Copyable {
    private typealias Function =
        @convention(c) (
            UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafeMutableRawPointer?
        ) -> UnsafeMutablePointer<CChar>?

    // struct crypt_data has 32 KiB in libxcrypt and 128 KiB in the old glibc; crypt_r(3).
    private static let workspace = 160 << 10

    private let handle: UnsafeMutableRawPointer
    private let function: Function

    /// Opens the library; nil where the host has none.
    package init?() {
        // libxcrypt without the old interfaces is number 2.
        for name in ["libcrypt.so.1", "libcrypt.so.2"] {
            guard let handle = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
            if let symbol = unsafe dlsym(handle, "crypt_r") {
                unsafe self.handle = handle
                unsafe function = unsafe unsafeBitCast(symbol, to: Function.self)
                return
            }
            unsafe dlclose(handle)
        }
        return nil
    }

    deinit { unsafe dlclose(handle) }

    /// What crypt_r(3) makes of a password under the setting of a stored one; nil where it cannot.
    package func hash(of password: [UInt8], like stored: [UInt8]) -> [UInt8]? {
        guard !password.contains(0), !stored.contains(0) else { return nil }
        let phrase = password.map { CChar(bitPattern: $0) } + [0]
        let setting = stored.map { CChar(bitPattern: $0) } + [0]
        let memory = UnsafeMutableRawPointer.allocate(byteCount: Self.workspace, alignment: 64)
        defer { unsafe memory.deallocate() }
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: Self.workspace)
        // The workspace holds the password.
        defer { unsafe explicit_bzero(memory, Self.workspace) }
        return unsafe phrase.withUnsafeBufferPointer { phrase in
            unsafe setting.withUnsafeBufferPointer { setting in
                guard let result = unsafe function(phrase.baseAddress, setting.baseAddress, memory)
                else { return nil }
                let length = unsafe strnlen(result, 1024)
                let bytes = unsafe UnsafeBufferPointer(start: result, count: length).map {
                    UInt8(bitPattern: $0)
                }
                // `*0` and `*1` stand for a setting that the library does not know.
                return bytes.first == UInt8(ascii: "*") ? nil : bytes
            }
        }
    }
}
