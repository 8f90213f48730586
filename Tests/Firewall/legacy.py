"""Random rulesets for iptables, in the forms that its -restore programs load."""


def uses_sets(text):
    return "--match-set" in text


def load(random, kind, opaque):
    return None
