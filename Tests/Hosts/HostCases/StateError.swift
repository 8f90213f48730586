/// Why a file of states was not understood.
package struct StateError: Error, Hashable, CustomStringConvertible {
    /// The file, or the state in it.
    package var place: String
    /// What is wrong, in words.
    package var problem: String

    /// An error by its parts.
    package init(_ place: String, _ problem: String) {
        self.place = place
        self.problem = problem
    }

    package var description: String { "\(place): \(problem)" }
}
