package import Facts

/// Every collector the agent has, in the order of their tables' names.
package let allCollectors: [any Collector] = [
    AccountSources(),
    BootLoaderPasswords(),
    Groups(),
    InterfaceAddresses(),
    InterfaceDetails(),
    LoginDefs(),
    LoginStacks(),
    Machine(),
    OSVersion(),
    PasswordCopies(),
    PasswordStacks(),
    PasswordVerifiers(),
    ProvisioningLeftovers(),
    Routes(),
    Shadow(),
    Users(),
]
