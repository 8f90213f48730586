import FoundationEssentials

/// Keys of algorithms that are not accepted, made for these tests by openssl(1).
enum SampleKeys {
    /// SubjectPublicKeyInfo in DER.
    static let rsa1024 =
        Data(
            base64Encoded: """
                MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCd6nRcptodJ0rcojfw+ECUkmusAoK9JBRmvyEw
                dINx5jhPwQAHTcYajaAb5pnhy3oPC7xgwX6SMD7aQgOBPCjqbIIl0gpgG7HJfAc/N1yUzvWA7lz5
                LDvUliliuqmLFZsiaTJqppRgmSvaKEe6Y//dKqBAPDfoxvw8tCAj6JNACwIDAQAB
                """, options: .ignoreUnknownCharacters) ?? Data()
    /// SubjectPublicKeyInfo in DER.
    static let secp256k1 =
        Data(
            base64Encoded: """
                MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAE6ZqIGvEqcShYkp24wMzNeYTqmNRXvaMIzlNTUqf6sqXC
                nj9CmzNPJWbauDl/s5M2vB2kdIgkKYbMyY1hmbH2OA==
                """, options: .ignoreUnknownCharacters) ?? Data()

    /// The same key in PEM.
    static var rsa1024PEM: String {
        let text = rsa1024.base64EncodedString(options: .lineLength64Characters)
        return "-----BEGIN PUBLIC KEY-----\n\(text)\n-----END PUBLIC KEY-----\n"
    }
}
