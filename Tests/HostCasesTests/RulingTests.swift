import HostCases
import Testing

struct RulingTests {
    @Test(arguments: Answer.allCases)
    func `the label's own verdict is right`(answer: Answer) {
        #expect(Ruling(.verdict(answer), expected: answer, accepted: []) == .right)
    }

    @Test func `an accepted verdict is right`() {
        #expect(Ruling(.verdict(.unknown), expected: .fail, accepted: [.unknown]) == .right)
    }

    @Test(arguments: [Answer.fail, .unknown, .notApplicable])
    func `a pass that is not deserved is a false pass, whatever the truth`(truth: Answer) {
        let ruling = Ruling(.verdict(.pass), expected: truth, accepted: [])
        #expect(ruling == .falsePass(expected: truth))
        #expect(!ruling.isTolerable)
    }

    @Test(arguments: [Answer.pass, .fail, .notApplicable])
    func `unknown is not right where the label is decided`(truth: Answer) {
        let ruling = Ruling(.verdict(.unknown), expected: truth, accepted: [])
        #expect(ruling == .undecided(expected: truth))
        #expect(!ruling.isTolerable)
    }

    @Test func `a fail of a good host is wrong`() {
        let ruling = Ruling(.verdict(.fail), expected: .pass, accepted: [])
        #expect(ruling == .wrong(got: .fail, expected: .pass))
        #expect(!ruling.isTolerable)
    }

    @Test func `a control that is not built is waited for`() {
        let ruling = Ruling(.notMeasured, expected: .fail, accepted: [])
        #expect(ruling == .waiting)
        #expect(ruling.isTolerable)
    }

    @Test func `a report that cannot be read is an error`() {
        #expect(!Ruling(.malformed("x"), expected: .unknown, accepted: [.fail]).isTolerable)
    }
}
