import Crypt
import Testing

@testable import Collectors

/// How stored passwords are recognised.
struct CryptVerifierTests {
    /// A string, its scheme, its bits of salt, its cost, and whether it is strong.
    struct Form: Sendable {
        var text: String
        var scheme: CryptScheme
        var bits: Int64
        var cost: Int64?
        var isStrong = true
    }

    static let h43 = String(repeating: "h", count: 43)
    static let h86 = String(repeating: "h", count: 86)
    static let h53 = "abcdefghijklmnopqrstuuWG29KuyeAicPCJODk1zjyGvyQUU2awu"

    static let forms: [Form] = [
        Form(text: "$y$j9T$GwV2HumvPbidV.o85x6lo0$\(h43)", scheme: .yescrypt, bits: 128, cost: 12),
        Form(text: "$y$j9T$$\(h43)", scheme: .yescrypt, bits: 0, cost: 12, isStrong: false),
        Form(text: "$gy$j9T$abcdefgh$\(h43)", scheme: .gostYescrypt, bits: 48, cost: 12),
        Form(text: "$sm3y$j9T$abcdefgh$\(h43)", scheme: .sm3Yescrypt, bits: 48, cost: 12),
        Form(text: "$7$CU..../....abcdefgh$\(h43)", scheme: .scrypt, bits: 48, cost: 14),
        Form(text: "$7$CU..../....$\(h43)", scheme: .scrypt, bits: 0, cost: 14, isStrong: false),
        Form(text: "$2b$05$\(h53)", scheme: .bcrypt, bits: 128, cost: 5),
        Form(text: "$2a$10$\(h53)", scheme: .bcrypt, bits: 128, cost: 10),
        Form(text: "$2y$31$\(h53)", scheme: .bcrypt, bits: 128, cost: 31),
        Form(text: "$2x$10$\(h53)", scheme: .bcryptSignBug, bits: 128, cost: 10, isStrong: false),
        Form(text: "$6$0123456789abcdef$\(h86)", scheme: .sha512crypt, bits: 96, cost: 5000),
        Form(text: "$6$rounds=1000$ab$\(h86)", scheme: .sha512crypt, bits: 12, cost: 1000),
        Form(text: "$6$$\(h86)", scheme: .sha512crypt, bits: 0, cost: 5000, isStrong: false),
        Form(
            text: "$6$rounds=5000$$\(h86)", scheme: .sha512crypt, bits: 0, cost: 5000,
            isStrong: false),
        Form(text: "$5$abcdefgh$\(h43)", scheme: .sha256crypt, bits: 48, cost: 5000),
        Form(text: "$5$$\(h43)", scheme: .sha256crypt, bits: 0, cost: 5000, isStrong: false),
        Form(text: "$sm3$abcdefgh$\(h43)", scheme: .sm3crypt, bits: 48, cost: 5000),
        Form(
            text: "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzYWx0$\(h43)", scheme: .argon2id,
            bits: 96, cost: 3),
        Form(
            text: "$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$\(h43)", scheme: .argon2i, bits: 64, cost: 2
        ),
        Form(
            text: "$argon2d$v=19$m=65536,t=3,p=4$$\(h43)", scheme: .argon2d, bits: 0, cost: 3,
            isStrong: false),
        Form(
            text: "$sha1$40000$jtNX3nZ2$hBNaIXkt4wBI2o5rsi8KejSjNqIq", scheme: .sha1crypt, bits: 48,
            cost: 40000, isStrong: false),
        Form(text: "$md5$abcdefgh$$hash", scheme: .sunmd5, bits: 48, isStrong: false),
        Form(text: "$md5,rounds=5$abcdefgh$$hash", scheme: .sunmd5, bits: 48, isStrong: false),
        Form(
            text: "$1$abcdefgh$G//4keteveJp0qb8z2DxG/", scheme: .md5crypt, bits: 48, cost: 1000,
            isStrong: false),
        Form(
            text: "$1$$qRPK7m23GJusamGpoGLby/", scheme: .md5crypt, bits: 0, cost: 1000,
            isStrong: false),
        Form(text: "$apr1$abcdefgh$hash", scheme: .apr1, bits: 48, cost: 1000, isStrong: false),
        Form(text: "$3$$8846f7eaee8fb117ad06bdd830b7586c", scheme: .nt, bits: 0, isStrong: false),
        Form(
            text: "_J9..rasmBYk8r9AiWNc", scheme: .bsdicrypt, bits: 24, cost: 725, isStrong: false),
        Form(text: "abJnggxhB/yWI", scheme: .descrypt, bits: 12, isStrong: false),
        Form(text: "abJnggxhB/yWIabcdefghijk", scheme: .bigcrypt, bits: 12, isStrong: false),
        Form(text: "Summer2026", scheme: .clear, bits: 0, isStrong: false),
        Form(text: "a long pass phrase, 2026", scheme: .clear, bits: 0, isStrong: false),
        Form(text: "abcdefghijklmnopqrst", scheme: .clear, bits: 0, isStrong: false),
        Form(text: "_short", scheme: .clear, bits: 0, isStrong: false),
    ]

    @Test(arguments: forms)
    func `every form of crypt(5) has its scheme, salt, cost and strength`(form: Form) throws {
        let verifier = try #require(CryptVerifier(Array(form.text.utf8)))
        #expect(verifier.scheme == form.scheme)
        #expect(verifier.saltBits == form.bits)
        #expect(verifier.cost == form.cost)
        #expect((verifier.strength == .strong) == form.isStrong)
    }

    @Test(arguments: [
        "$6$abcdefgh$short", "$6$rounds=10$abcdefgh$\(h86)", "$6$rounds=0500$abcdefgh$\(h86)",
        "$6$01234567890123456$\(h86)", "$6$abcdefgh$\(h86)h", "$5$abcdefgh$\(h86)",
        "$y$j9T$abcdefgh", "$y$j9T$abcdefgh$\(h86)", "$y$$abcdefgh$\(h43)",
        "$7$101$4SWRjTk0lbKVvY1J$WITA8HaPRHIrWb4tAfbFxpuOLw/ZnkMf1lB5KN8B+tPpXiGb7==",
        "$2b$99$\(h53)", "$2b$5$\(h53)", "$2$05$\(h53)", "$zz$abcdefgh$\(h43)", "$", "$$",
        "$argon2id$v=19$m=65536$c2FsdA$\(h43)", "{SSHA}abcdefgh", "{CRYPT}$6$abcdefgh$\(h86)",
        "$P$Babcdefgh",
    ])
    func `what is cut short or foreign is of no known form`(text: String) {
        #expect(CryptVerifier(Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        ("$y$j9T$abcdefgh$", CryptScheme.yescrypt), ("$gy$j9T$abcdefgh$", .gostYescrypt),
        ("$7$CU..../....abcdefgh$", .scrypt), ("$2b$04$abcdefghijklmnopqrstuu", .bcrypt),
        ("$2x$04$abcdefghijklmnopqrstuu", .bcryptSignBug), ("$6$abcdefgh$", .sha512crypt),
        ("$6$rounds=1234$abcdefgh$", .sha512crypt), ("$5$abcdefgh$", .sha256crypt),
        ("$6$$", .sha512crypt), ("$y$j9T$$", .yescrypt),
        ("$sha1$1234$abcdefgh$", .sha1crypt), ("$md5,rounds=5$abcdefgh$", .sunmd5),
        ("$md5$abcdefgh$", .sunmd5), ("$1$abcdefgh$", .md5crypt), ("$3$$", .nt),
        ("_J9..rasm", .bsdicrypt), ("ab", .descrypt),
    ])
    func `what libcrypt makes is recognised`(setting: String, scheme: CryptScheme) throws {
        guard let library = CryptLibrary() else {
            Issue.record("there is no libcrypt")
            return
        }
        let made = library.hash(of: Array("a password".utf8), like: Array(setting.utf8))
        // Not every distribution's library has every scheme.
        guard let made else { return }
        let verifier = try #require(CryptVerifier(made))
        #expect(verifier.scheme == scheme)
        #expect(
            verifier.strength == (scheme.flaw == nil && verifier.saltBits > 0 ? .strong : .weak))
        let hasEmptySalt = setting.hasSuffix("$$")
        #expect((verifier.saltBits == 0) == hasEmptySalt)
    }

    @Test func `a verifier shows nothing of itself`() throws {
        let verifier = try #require(CryptVerifier(Array("$6$secretsalt$\(Self.h86)".utf8)))
        var dumped = ""
        dump(verifier, to: &dumped)
        for text in ["\(verifier)", String(reflecting: verifier), dumped] {
            #expect(!text.contains("secretsalt") && !text.contains("hhhh"))
        }
    }
}
