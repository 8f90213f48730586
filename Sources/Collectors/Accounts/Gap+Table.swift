import Facts

extension Gap {
    /// The same gap, told by another table that reads the same object.
    func told(in table: String) -> Gap {
        var gap = self
        gap.table = table
        return gap
    }
}
