/// Carries out `body`, and throws what `translate` makes of its error.
func translating<Result: ~Copyable, From: Error, To: Error>(
    _ translate: (From) -> To, _ body: () throws(From) -> Result
) throws(To) -> Result {
    do throws(From) {
        return try body()
    } catch {
        throw translate(error)
    }
}
