/// Keys that were made for these tests by openssl(1), one of each kind, and are used nowhere else.
enum SampleKeys {
    static let p384 = """
        -----BEGIN PUBLIC KEY-----
        MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEJjU6sVXpFYtzJmgiIk2n1/X+jfbwxD8w
        nNyJSaOKrmNpKrEi5iI61YEdt10x25i+k2Jf3RpBHQNmpNp8SYbXQtZaaY5mYsal
        T/PDh2lNDP4VZ9O8ggbsTriiJ9eV5qDa
        -----END PUBLIC KEY-----

        """

    static let rsa3072 = """
        -----BEGIN PUBLIC KEY-----
        MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEA1vAp96c9e+k0bSoGZntM
        ebF6mjfQXYY34cBPpT9Yg0WBRWRA1t5DzoJ4QqqucPAZ2OW6IfuheojcMx8r2XWp
        i3hHKx2dYZO3pH+/a68plV2wp1LnEohCVNRBEbEh4zZiLvJShEJr9J0ysmfcZkLG
        urH/WZ8JPi/7IFctheS09pXMkc/hVC55YCtH+i2LA40ZD182gjGhnkLm86/SQAK2
        poLeDa/hiD/3U6rOH9sHuhyR17ilaEE5LK7GGRUYmlzAeLrIa/nVpIj8QV7pXQMM
        PGqzLI6KOsZYpD8/5AOg85Y52xH7/EGF9hEz8CoBa1BC59YE1a93lizBYeT7gASa
        5JicngnaL7aTswxT29QU12qaF+gPjNymKWF6oJag5WV6aH35YnrVmf6O5I/94q3/
        JZ3D01/N6sc8Q/MFoPlSU0ujb4Acq+kEEUApGDkvBv5KdbaU2Y82VF4vVQkWFjBd
        TcNSRjY9eQf2eydOrNKxGbaQWNXSzlgndzqnuzIgIvfrAgMBAAE=
        -----END PUBLIC KEY-----

        """

    static let rsa2048 = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwuzWjIqkWbaNfz7xZjbu
        4DfaTb1xl4UB3q8qdukMpl1xIdDGw5Z+VQxZaugQWGQ9u84vGWqAdQKOjqQhO9Ns
        OUJwty2N1zRXb4JxCQ/p/mj5KYsDw171bdAfDK1sBqswy6Bd7CquLLYd2e6JREcD
        8lF1Oxgv6XreZFYY63kTRl4qUZA8YDWYD6lmAzqwxpa0HGsAWgMdWEKtgOlIR8th
        jXCH99Yu8+WIl8s95fgXe+6YR5P6I5qjMRkWAT7tiXWBDxImBadj3RZ6H0o007j8
        /aDnO5M1N50RPQZB86TQU9FPERAgLm43pamql1HzWRgPUboi/dy8ZTE5iCVatwQ7
        vQIDAQAB
        -----END PUBLIC KEY-----

        """

    static let rsa1024 = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDAvVtNX6yFZBlJfJQGsHWjXjoG
        2tP3LS/mX43mkfwMrVYJJrj2myRG5vC9Ch/WsJDwnWXRIDFdHHx8YiqAgndMWdez
        k6InHul70Ms9S4W2DL8L/DJ6OGY8uZjc9DYTR00dYOiQWGUcp4ECYU+nKO0GAPQR
        BVXm07ZwnB82V6C7tQIDAQAB
        -----END PUBLIC KEY-----

        """

    static let secp256k1 = """
        -----BEGIN PUBLIC KEY-----
        MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEw15gO6tf9yjdN+Mz9bRdTbCEv8Nk1PKb
        9xyW+QiZvBVxc2/13Ms/fXmcg2wM5ptbh59Kvcl4vgJbzs4yFZLsZw==
        -----END PUBLIC KEY-----

        """

    static let p256 = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEkUPHR/hMjCQERoN1krDPStvx80nR
        U1b1fViAcKgudFyYeZPmCUPxL9SKJIh4Rq0+5Z9Sfu5ikBHSMmRfDY2TjA==
        -----END PUBLIC KEY-----

        """

    static let compressedPoint = """
        -----BEGIN PUBLIC KEY-----
        MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgACkUPHR/hMjCQERoN1krDPStvx80nR
        U1b1fViAcKgudFw=
        -----END PUBLIC KEY-----

        """

    static let explicitCurve = """
        -----BEGIN PUBLIC KEY-----
        MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA
        AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////
        ///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd
        NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5
        RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA
        //////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABJFDx0f4TIwkBEaDdZKwz0rb
        8fNJ0VNW9X1YgHCoLnRcmHmT5glD8S/UiiSIeEatPuWfUn7uYpAR0jJkXw2Nk4w=
        -----END PUBLIC KEY-----

        """

    static let ed25519 = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAz2bBxRPvtAXhk7tDXc1+J5pj+XhoP5Gh/pTLAau12kA=
        -----END PUBLIC KEY-----

        """

    static let encryptedPrivateKey = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjgN9xrjANCsQICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEAQIEELlF7Vt6leqOfxMsrrIGIVEEgZDe
        Shlbc0dnPKg3ALCPQTspOZlMCV6flBw+cU9LWXItPzu8gMkvAd8WAd+Cp2psQUL+
        gaG9p7wqU/oKUXQx6rM45STSTIwW9OhiJ+7K36sEuyiFjbHEecDoWaw6I3ZoXWcp
        aVWJZEaGjb7ZGRne8dXGxyDGcjD2CupqiTFs7bjn43yiwMDkGLyl54c04OhcOu0=
        -----END ENCRYPTED PRIVATE KEY-----

        """
}
