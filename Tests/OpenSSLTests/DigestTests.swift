import OpenSSL
import Testing

struct DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `SHA-256 gives the digests of FIPS 180-4`(text: String, expected: String) throws {
        #expect(try SHA256.hex(of: Array(text.utf8)) == expected)
        var stream = try SHA256Stream()
        for byte in text.utf8 { try stream.update([byte]) }
        try stream.update([])
        let digest = try stream.digest()
        #expect(digest.hex == expected)
    }

    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
    ])
    func `MD5 gives the digests of RFC 1321`(text: String, expected: String) throws {
        #expect(try MD5.hex(of: Array(text.utf8)) == expected)
    }

    @Test(arguments: [
        (
            "Hi There", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            "what do ya want for nothing?", "4a656665",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
    ])
    func `HMAC gives the codes of RFC 4231`(text: String, key: String, expected: String) throws {
        let digits = Array(key)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
        #expect(try HMACSHA256.code(of: Array(text.utf8), key: bytes).hex == expected)
    }

    @Test func `an empty key is a key`() throws {
        #expect(
            try HMACSHA256.code(of: [], key: []).hex
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test func `random bytes come in the number that was asked for, and differ`() throws {
        #expect(try randomBytes(0) == [])
        let bytes = try randomBytes(32)
        #expect(bytes.count == 32)
        #expect(try randomBytes(32) != bytes)
    }
}
