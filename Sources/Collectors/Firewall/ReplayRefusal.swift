/// Why the host's own programs did not load the files of the next boot, though somebody asked for
/// it: then our reading of the files stands.
enum ReplayRefusal: Error, Hashable {
    /// It may need modules that the kernel would have to load.
    case wouldLoad(Set<String>)
    /// A loader may not run, or brings more than files.
    case moreThanFiles
    /// The kernel has no kind of interface to stand for those of the host, or they are not known.
    case noInterfaces
    /// It was tried, and did not come to an end that says something.
    case failed

    /// The reason in a few words.
    var text: String {
        switch self {
        case .wouldLoad(let modules):
            "it may load " + modules.sorted().joined(separator: ", ")
        case .moreThanFiles: "a loader may not run, or brings more than files"
        case .noInterfaces: "no interface can stand for those of the host"
        case .failed: "it did not come to an end"
        }
    }
}
