import Probes
import Testing

@Suite struct MutationTests {
    private static let boundary = """
        - case: three locks are more than enough
          files: { /etc/doors: "front wood 3\\n" }
          expect: pass
        - case: a door without a number is unknown
          files: { /etc/doors: "front wood\\n" }
          expect: { unknown: subjectUnknown }

        """

    @Test func `a change that no case notices is a finding`() throws {
        var sample = CheckSample()
        sample.cases = sample.cases.replacing("front wood 1", with: "front wood 0")
        let findings = try sample.findings(mutating: true)
        #expect(
            findings.contains {
                $0.hasPrefix(
                    "a/doors.yaml:11:8: error: no case notices judge: lock < 2 -> lock < 1\n")
            })
    }

    @Test func `cases at the boundaries notice every change`() throws {
        var sample = CheckSample()
        sample.probe = sample.probe.replacing(
            "CASE WHEN lock >= 2 THEN 1 WHEN lock < 2 THEN 0 END", with: "lock >= 2")
        sample.cases += Self.boundary
        let found = try sample.findings(mutating: true)
        #expect(found == [])
    }

    @Test func `a change that is explained is no finding, and an explanation must hold`() throws {
        var sample = CheckSample()
        sample.cases = sample.cases.replacing("front wood 1", with: "front wood 0")
        sample.cases += Self.boundary
        let open = try sample.findings(mutating: true)
        let names = open.compactMap { finding in
            finding.split(separator: "no case notices ").last?.split(separator: "\n").first
        }
        #expect(!names.isEmpty)
        let listed = names.map { "    - { mutant: \"\($0)\", reason: nobody has one lock }\n" }
        sample.cases += "- equivalent:\n" + listed.joined()
        let found = try sample.findings(mutating: true)
        #expect(found == [])

        sample.cases += """
                - { mutant: "judge: lock >= 2 -> lock < 2", reason: wrong }
                - { mutant: "judge: a -> b", reason: gone }

            """
        let stale = try sample.findings(mutating: true).map { $0.split(separator: ": error: ")[1] }
        #expect(
            stale == [
                "a case notices this change, so it is not equivalent",
                "this change no longer arises",
            ])
    }
}
