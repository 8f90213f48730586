package import Facts

/// Every collector the agent has, in the order of their tables' names.
package let allCollectors: [any Collector] = [
    LoginDefs(),
    Machine(),
    OSVersion(),
    PasswordCopies(),
    PasswordStacks(),
    PasswordVerifiers(),
]
