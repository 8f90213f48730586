import Collectors
import Facts
import Testing

/// Which salts and verifiers stand at several accounts.
struct SaltComparisonTests {
    static let digestA = String(repeating: "a", count: 86)
    static let digestB = String(repeating: "b", count: 86)

    static func table(_ shadow: String, more: [HostPath: String] = [:]) -> Gathering {
        var files = more
        files["/etc/passwd"] = ""
        files["/etc/shadow"] = shadow
        return Gathering(PasswordVerifiers(), files: files)
    }

    @Test(arguments: [
        "$6$static$", "$6$rounds=9000$static$",
    ])
    func `one salt under two digests is shared, whatever the rounds`(setting: String) {
        let table = Self.table(
            "a:$6$static$\(Self.digestA):1::::::\nb:\(setting)\(Self.digestB):1::::::\n")
        #expect(table["a in /etc/shadow", "salt_shared"] == .integer(1))
        #expect(table["b in /etc/shadow", "salt_shared"] == .integer(1))
        #expect(table["a in /etc/shadow", "same_as"] == .null)
    }

    @Test func `the same verifier twice is no shared salt`() {
        let table = Self.table(
            "a:$6$static$\(Self.digestA):1::::::\nb:!$6$static$\(Self.digestA):1::::::\n")
        #expect(table["a in /etc/shadow", "salt_shared"] == .integer(0))
        #expect(table["a in /etc/shadow", "same_as"] == .text("b"))
        #expect(table["b in /etc/shadow", "same_as"] == .text("a"))
    }

    @Test func `a copy of an account's own verifier shares nothing`() {
        let line = "a:$6$static$\(Self.digestA):1::::::\n"
        let table = Self.table(line, more: ["/etc/shadow-": line, "/etc/shadow.bak": line])
        #expect(table["a in /etc/shadow", "salt_shared"] == .integer(0))
        #expect(table["a in /etc/shadow", "same_as"] == .null)
    }

    @Test func `a former password with the same salt proves a constant one`() {
        let table = Self.table(
            "a:$6$static$\(Self.digestA):1::::::\n",
            more: ["/etc/shadow-": "a:$6$static$\(Self.digestB):1::::::\n"])
        #expect(table["a in /etc/shadow", "salt_shared"] == .integer(1))
    }

    @Test func `salts of different schemes are different salts`() {
        let table = Self.table(
            "a:$6$static$\(Self.digestA):1::::::\nb:$5$static$\(Self.digestB.prefix(43)):1::::::\n")
        #expect(table["a in /etc/shadow", "salt_shared"] == .integer(0))
    }

    @Test func `passwords without a salt share none`() {
        let table = Self.table(
            "a:$3$$8846f7eaee8fb117ad06bdd830b7586c:1::::::\nb:Summer2026:1::::::\n")
        #expect(table["a in /etc/shadow", "salt_shared"] == .integer(0))
        #expect(table["b in /etc/shadow", "salt_shared"] == .integer(0))
    }
}
