import FoundationEssentials
import OpenSSL
import Testing

struct KeyTests {
    static let message = Array("what was found".utf8)

    @Test func `a signature holds for its message and its key alone`() throws {
        let key = try PrivateKey.generate()
        let signature = try key.signature(of: KeyTests.message)
        #expect(key.publicKey.algorithm == .p256)
        #expect(try key.publicKey.verifies(signature, of: KeyTests.message))
        #expect(try !key.publicKey.verifies(signature, of: KeyTests.message + [0]))
        #expect(try !key.publicKey.verifies(signature, of: []))
        let other = try PrivateKey.generate().publicKey
        #expect(try !other.verifies(signature, of: KeyTests.message))
    }

    @Test func `a signature is exact DER`() throws {
        let key = try PrivateKey.generate()
        let signature = try key.signature(of: KeyTests.message)
        let raw = [UInt8](repeating: 1, count: 64)
        let long = [signature[0], 0x81] + signature[1...]
        let short = Array(signature.dropLast())
        for wrong: [UInt8] in [signature + [0], short, [], [0x30, 0], raw, long] {
            #expect(try !key.publicKey.verifies(wrong, of: KeyTests.message))
        }
    }

    @Test func `a key survives being written and read, under the same id`() throws {
        let key = try PrivateKey.generate()
        let pem = try key.pem()
        #expect(pem.starts(with: "-----BEGIN PRIVATE KEY-----\n".utf8))
        let read = try PrivateKey(pem: pem)
        #expect(read.publicKey == key.publicKey)
        #expect(try PublicKey(pem: key.publicKey.pem()) == key.publicKey)
        #expect(try PublicKey(der: key.publicKey.der) == key.publicKey)
        #expect(try key.publicKey.keyId == SHA256.hex(of: key.publicKey.der))
        let signature = try read.signature(of: KeyTests.message)
        #expect(try key.publicKey.verifies(signature, of: KeyTests.message))
    }

    @Test(arguments: [
        (SampleKeys.p256, KeyAlgorithm.p256), (SampleKeys.p384, .p384), (SampleKeys.rsa3072, .rsa),
    ])
    func `P-256, P-384 and RSA of 3072 bits are accepted`(
        pem: String, expected: KeyAlgorithm
    ) throws {
        let key = try PublicKey(pem: Array(pem.utf8))
        #expect(key.algorithm == expected)
        #expect(try String(decoding: key.pem(), as: UTF8.self) == pem)
    }

    @Test(arguments: [
        SampleKeys.rsa1024, SampleKeys.rsa2048, SampleKeys.secp256k1, SampleKeys.ed25519,
        SampleKeys.compressedPoint, SampleKeys.explicitCurve,
    ])
    func `no other key is, nor another encoding of an accepted one`(pem: String) {
        #expect(throws: OpenSSLError(.algorithm)) { try PublicKey(pem: Array(pem.utf8)) }
    }

    @Test(arguments: [
        "", "x", SampleKeys.encryptedPrivateKey, SampleKeys.p256 + "\n" + SampleKeys.p384,
        "x\n" + SampleKeys.p256, SampleKeys.p256 + "\nx",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
    ])
    func `what is not one public key in PEM is malformed`(pem: String) {
        let error = #expect(throws: OpenSSLError.self) { try PublicKey(pem: Array(pem.utf8)) }
        #expect(error?.code == .malformed)
    }

    @Test func `bytes after the key are not part of it`() throws {
        let der = try PublicKey(pem: Array(SampleKeys.p256.utf8)).der
        for wrong in [der + [0], Array(der.dropLast()), []] {
            let error = #expect(throws: OpenSSLError.self) { try PublicKey(der: wrong) }
            #expect(error?.code == .malformed)
        }
    }

    @Test func `nobody is asked for the passphrase of an encrypted key`() {
        let error = #expect(throws: OpenSSLError.self) {
            _ = try PrivateKey(pem: Array(SampleKeys.encryptedPrivateKey.utf8))
        }
        #expect(error?.code == .malformed)
    }

    @Test func `a key is taken from a store`() throws {
        let key = try PrivateKey.generate()
        let file = FileManager.default.temporaryDirectory.appending(
            path: "assay-test-\(key.publicKey.keyId).pem")
        try Data(key.pem()).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let stored = try PrivateKey(storeURI: "file:\(file.path)")
        #expect(stored.publicKey == key.publicKey)
        let signature = try stored.signature(of: KeyTests.message)
        #expect(try key.publicKey.verifies(signature, of: KeyTests.message))

        try Data(SampleKeys.encryptedPrivateKey.utf8).write(to: file)
        #expect(throws: OpenSSLError.self) { _ = try PrivateKey(storeURI: "file:\(file.path)") }
        try Data(key.publicKey.pem()).write(to: file)
        #expect(throws: OpenSSLError.self) { _ = try PrivateKey(storeURI: "file:\(file.path)") }
    }

    @Test(arguments: [
        ("/etc/hostname", OpenSSLError.Code.scheme), ("https://example.org/key", .scheme),
        ("", .scheme), ("file:/nonexistent/key.pem", .notFound),
    ])
    func `a store that cannot be opened says why`(uri: String, expected: OpenSSLError.Code) {
        let error = #expect(throws: OpenSSLError.self) { _ = try PrivateKey(storeURI: uri) }
        #expect(error?.code == expected)
    }
}
