import Testing

@testable import Collectors

/// What stands in the password field of an account.
struct PasswordFieldTests {
    @Test(arguments: [
        "*", "!", "!!", "!*", "*LK*", "NP", "LK", "!locked", "locked", "!!NP", "*NP*", "*0", "x",
        "!x",
        "*NOLOGIN",
    ])
    func `a mark holds no password`(text: String) {
        #expect(PasswordField(Array(text.utf8)) == .mark)
    }

    @Test(arguments: [
        "!$1$abcdefgh$G//4keteveJp0qb8z2DxG/", "!!$1$abcdefgh$G//4keteveJp0qb8z2DxG/",
        "*LOCKED*$1$abcdefgh$G//4keteveJp0qb8z2DxG/",
    ])
    func `behind a mark a hash is still stored`(text: String) {
        let field = PasswordField(Array(text.utf8))
        #expect(field.verifier?.scheme == .md5crypt)
        #expect(field.state == "locked")
    }

    @Test(arguments: ["Summer2026", "np", "!secret", "LOCKED"])
    func `any other short text is a password in clear`(text: String) {
        #expect(PasswordField(Array(text.utf8)).verifier?.scheme == .clear)
    }

    @Test func `an empty field asks for no password`() {
        #expect(PasswordField([]) == .empty)
    }

    @Test(arguments: ["$6$", "!$zz$abc", "$6$abc$\r"])
    func `a text of no known form is unknown`(text: String) {
        #expect(PasswordField(Array(text.utf8)) == .unknown)
    }
}
