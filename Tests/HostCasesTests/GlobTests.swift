import HostCases
import Testing

struct GlobTests {
    @Test(arguments: ["C5-0*", "*", "C5-003", "*-003", "C*0*3", "C5-003*"])
    func `a pattern fits the whole id`(pattern: String) {
        #expect(Glob(pattern).matches("C5-003"))
    }

    @Test(arguments: ["C6-0*", "C5-00", "003", "", "*-004", "C5-003*3"])
    func `a pattern that fits a part only does not match`(pattern: String) {
        #expect(!Glob(pattern).matches("C5-003"))
    }
}
