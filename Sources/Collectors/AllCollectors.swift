package import Facts

/// Every collector the agent has, in the order of their tables' names.
package let allCollectors: [any Collector] = [
    AccountSources(),
    BootLoaderPasswords(),
    Groups(),
    LoginDefs(),
    LoginStacks(),
    Machine(),
    OSVersion(),
    PasswordCopies(),
    PasswordStacks(),
    PasswordVerifiers(),
    ProvisioningLeftovers(),
    Shadow(),
    Users(),
]
