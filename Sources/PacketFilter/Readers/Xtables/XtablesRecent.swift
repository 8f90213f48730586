/// What the options of one `-m recent` say together.
struct XtablesRecent: Hashable {
    var list = "DEFAULT"
    var usesDestination = false
    /// `--set`, `--rcheck`, `--update` or `--remove`.
    var action: String?
    var isNegated = false
}
