package import Facts

/// Every collector the agent has, in the order of their tables' names.
package let allCollectors: [any Collector] = [
    AccountSources(),
    BootLoaderPasswords(),
    FirewallLayers(),
    FirewallLoaders(),
    FirewallUnknowns(),
    Groups(),
    IngressUse(),
    InterfaceAddresses(),
    InterfaceDetails(),
    ListeningPorts(),
    LoginDefs(),
    LoginStacks(),
    Machine(),
    OSVersion(),
    PacketFlows(),
    PasswordCopies(),
    PasswordStacks(),
    PasswordVerifiers(),
    ProvisioningLeftovers(),
    ReachableListeners(),
    Routes(),
    Shadow(),
    Users(),
]
