import Probes
package import StrictJSON

extension Report {
    /// Reads the predicate of a statement whose signature held.
    package init(reading value: JSONValue, facts: [FactFile]) throws(ReportError) {
        let predicate = JSONReader(value: value, path: "predicate")
        let tool = try predicate.object("tool")
        let timing = try predicate.object("timing")
        let execution = try predicate.object("execution")
        self.facts = facts
        reportId = try predicate.string("reportId")
        purpose = try predicate.word("purpose")
        selection = try predicate.optionalString("selection")
        host = try Machine(reading: try predicate.object("host"), id: "id")
        target = try predicate.optionalObject("target").map { (target) throws(ReportError) in
            try Machine(reading: target, id: "hostId")
        }
        unchained = try predicate.optionalString("unchained")
        scope = try Scope(reading: try predicate.object("scope"))
        toolVersion = try tool.string("version")
        toolSha256 = try tool.string("sha256")
        startedAt = try timing.string("startedAt")
        finishedAt = try timing.string("finishedAt")
        clockSynchronized = timing.value["clockSynchronized"]?.bool
        chain = try predicate.optionalObject("chain").map { (chain) throws(ReportError) in
            Chain(
                sequence: try chain.integer("sequence"),
                previousSha256: try chain.optionalString("previousSha256"))
        }
        euid = try execution.integer("euid")
        limits = try execution.strings("limits")
        clauses = try predicate.objects("controls").map { (clause) throws(ReportError) in
            try Clause(reading: clause)
        }
        results = try predicate.objects("results").map { (result) throws(ReportError) in
            try Result(reading: result)
        }
    }
}

extension Report.Machine {
    fileprivate init(reading reader: JSONReader, id name: String) throws(ReportError) {
        self.init(id: try reader.optionalString(name))
        role = try reader.optionalWord("role")
        environment = try reader.optionalString("environment")
        osId = try reader.optionalString("osId")
        osVersion = try reader.optionalString("osVersion")
        kernel = try reader.optionalString("kernel")
        bootId = try reader.optionalString("bootId")
        virtualization = try reader.optionalString("virtualization")
    }
}

extension Report.Scope {
    fileprivate init(reading reader: JSONReader) throws(ReportError) {
        func declared(_ list: String, _ name: String) throws(ReportError) -> [Report.Declared] {
            try reader.objects(list).map { (entry) throws(ReportError) in
                Report.Declared(
                    name: try entry.string(name), sha256: try entry.string("sha256"))
            }
        }
        self.init(
            catalogId: try reader.string("catalogId"),
            catalogVersion: try reader.string("catalogVersion"),
            catalogSha256: try reader.string("catalogSha256"),
            packSha256: try reader.string("packSha256"),
            sites: try declared("sites", "path"), addedProbes: try declared("addedProbes", "id"))
    }
}

extension Report.Clause {
    fileprivate init(reading reader: JSONReader) throws(ReportError) {
        id = try reader.string("id")
        verdict = try reader.word("verdict")
        obligations = try reader.objects("obligations").map { (entry) throws(ReportError) in
            try Report.Obligation(reading: entry)
        }
    }
}

extension Report.Obligation {
    fileprivate init(reading reader: JSONReader) throws(ReportError) {
        let layers = try reader.object("layers")
        id = try reader.string("id")
        decides = try reader.strings("decides")
        verdict = try reader.word("verdict")
        reason = try reader.string("reason")
        isCounted = try reader.bool("counted")
        running = try layers.optionalWord("running")
        configured = try layers.optionalWord("configured")
        collected = try reader.integer("collected")
        judged = try reader.integer("judged")
        excluded = try reader.integer("excluded")
        failed = try reader.integer("failed")
        unknown = try reader.integer("unknown")
        probes = try reader.strings("probes")
    }
}

extension Report.Result {
    fileprivate init(reading reader: JSONReader) throws(ReportError) {
        probe = try reader.string("probe")
        probeSha256 = try reader.string("probeSha256")
        origin = try reader.string("origin")
        title = try reader.string("title")
        obligations = try reader.strings("obligations")
        weight = try reader.word("weight")
        severity = try reader.word("severity")
        layer = try reader.optionalString("layer")
        verdict = try reader.word("verdict")
        reason = try reader.string("reason")
        collected = try reader.integer("collected")
        judged = try reader.integer("judged")
        excluded = try reader.integer("excluded")
        error = try reader.optionalString("error")
        repair = try reader.optionalString("repair") ?? ""
        isTruncated = try reader.bool("truncated")
        subjects = try reader.objects("subjects").map { (subject) throws(ReportError) in
            Report.Subject(
                name: try subject.string("subject"), verdict: try subject.word("verdict"),
                observed: try subject.optionalString("observed"))
        }
        gaps = try reader.objects("gaps").map { (gap) throws(ReportError) in
            Report.Hole(
                table: try gap.string("table"), object: try gap.optionalString("object"),
                columns: try gap.strings("columns"), layer: try gap.optionalString("layer"),
                code: try gap.string("code"), sentence: try gap.string("sentence"))
        }
    }
}
