/// The two files that a new probe begins with: what `assay probe new` writes.
package struct ProbeTemplate {
    private let id: String

    /// Templates for an id of the form `<subject>/<name>`; nil for another one.
    package init?(id: String) {
        guard ProbeID.id(ofFile: id + ".yaml") == id else { return nil }
        self.id = id
    }

    /// The path of the probe's file, below the directory of probes.
    package var probePath: String { id + ".yaml" }

    /// The path of the cases' file, below the directory of probes.
    package var casesPath: String { CaseFile.name(ofProbeFile: probePath) }

    /// A probe that compiles, and that nobody should keep as it is.
    package var probe: String {
        """
        # A question about a host: which rows of a table are good?
        # The file's name is the probe's id, for ever: \(id)
        title: Say in one sentence what is true when it passes
        obligations: []                 # such as [C5.1]; a promise has at least one
        weight: advice                  # promise: its failure fails the obligation
        severity: medium                # critical | high | medium | low
        roles: [server, workstation, image]
        population: users               # every row of this table is judged or excluded
        # exclude: |
        #   SELECT username AS subject, 'why it is not judged' AS reason
        #   FROM   users
        #   WHERE  uid = 65534
        judge: |
          SELECT username              AS subject,
                 uid <> 0              AS ok,
                 printf('uid %d', uid) AS observed
          FROM   users
        why: Say what goes wrong when it fails.
        repair: Say what to do about it.
        references: []

        """
    }

    /// Cases of each colour, as many as every probe needs.
    package var cases: String {
        """
        # Each case is a host that somebody wrote down, and what the probe must say about it.
        - case: say in a sentence why this passes
          files: { /etc/passwd: "alice:x:1000:1000::/home/alice:/bin/bash\\n" }
          expect: pass

        - case: say in a sentence why this fails
          files: { /etc/passwd: "root:x:0:0::/root:/bin/bash\\n" }
          expect: { fail: [root] }

        - case: what may not be read is unknown
          files: { /etc/passwd: { error: EACCES } }
          expect: { unknown: notPermitted }

        """
    }
}
