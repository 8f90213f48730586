import Facts
import Probes
package import StrictJSON

extension Report {
    /// The predicate type of a host's report.
    package static let predicateType = "urn:assay:predicate:report:v1"

    /// The in-toto statement, whose bytes are signed.
    package var statement: JSONValue {
        .object([
            "_type": "https://in-toto.io/Statement/v1",
            "subject": .array(
                facts.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map {
                    .object([
                        "name": .string($0.name),
                        "digest": .object(["sha256": .string($0.sha256)]),
                    ])
                }),
            "predicateType": .string(Self.predicateType),
            "predicate": predicate,
        ])
    }

    private var predicate: JSONValue {
        .object([
            "schemaVersion": "1.0",
            "reportId": .string(reportId),
            "purpose": .string(purpose.rawValue),
            "selection": selection.map(JSONValue.string),
            "host": host.json(kind: nil),
            "target": target.map { $0.json(kind: "image") },
            "unchained": unchained.map(JSONValue.string),
            "scope": scope.json,
            "tool": .object([
                "name": "assay", "version": .string(toolVersion), "sha256": .string(toolSha256),
            ]),
            "timing": .object([
                "startedAt": .string(startedAt), "finishedAt": .string(finishedAt),
                "clockSynchronized": clockSynchronized.map(JSONValue.bool),
            ]),
            "chain": chain.map {
                .object([
                    "sequence": .integer($0.sequence),
                    "previousSha256": $0.previousSha256.map(JSONValue.string),
                ])
            },
            "execution": .object([
                "euid": .integer(euid), "limits": .array(limits.map(JSONValue.string)),
            ]),
            "summary": summary,
            "controls": .array(clauses.map(\.json)),
            "results": .array(results.map(\.json)),
        ])
    }

    private var summary: JSONValue {
        func count(_ verdict: Verdict) -> JSONValue {
            .integer(Int64(counted.count { $0 == verdict }))
        }
        return .object([
            "overall": .string(overall.rawValue),
            "pass": count(.pass), "fail": count(.fail), "unknown": count(.unknown),
            "notApplicable": count(.notApplicable),
        ])
    }
}

extension Report.Machine {
    // A target has no role of its own word for its id: it is another host than the signing one.
    fileprivate func json(kind: String?) -> JSONValue {
        .object([
            kind == nil ? "id" : "hostId": id.map(JSONValue.string),
            "kind": kind.map(JSONValue.string),
            "role": role.map { .string($0.rawValue) },
            "environment": environment.map(JSONValue.string),
            "osId": osId.map(JSONValue.string),
            "osVersion": osVersion.map(JSONValue.string),
            "kernel": kernel.map(JSONValue.string),
            "bootId": bootId.map(JSONValue.string),
            "virtualization": virtualization.map(JSONValue.string),
        ])
    }
}

extension Report.Scope {
    fileprivate var json: JSONValue {
        .object([
            "catalogId": .string(catalogId),
            "catalogVersion": .string(catalogVersion),
            "catalogSha256": .string(catalogSha256),
            "packSha256": .string(packSha256),
            "sites": .array(
                sites.map { .object(["path": .string($0.name), "sha256": .string($0.sha256)]) }),
            "addedProbes": .array(
                addedProbes.map { .object(["id": .string($0.name), "sha256": .string($0.sha256)]) }),
        ])
    }
}

extension Report.Clause {
    fileprivate var json: JSONValue {
        .object([
            "id": .string(id), "verdict": .string(verdict.rawValue),
            "obligations": .array(obligations.map(\.json)),
        ])
    }
}

extension Report.Obligation {
    fileprivate var json: JSONValue {
        .object([
            "id": .string(id),
            "decides": .array(decides.map(JSONValue.string)),
            "verdict": .string(verdict.rawValue),
            "reason": .string(reason),
            "counted": .bool(isCounted),
            "layers": .object([
                "running": running.map { .string($0.rawValue) },
                "configured": configured.map { .string($0.rawValue) },
            ]),
            "collected": .integer(collected), "judged": .integer(judged),
            "excluded": .integer(excluded), "failed": .integer(failed),
            "unknown": .integer(unknown),
            "probes": .array(probes.map(JSONValue.string)),
        ])
    }
}

extension Report.Result {
    fileprivate var json: JSONValue {
        .object([
            "probe": .string(probe), "probeSha256": .string(probeSha256),
            "origin": .string(origin), "title": .string(title),
            "obligations": .array(obligations.map(JSONValue.string)),
            "weight": .string(weight.rawValue), "severity": .string(severity.rawValue),
            "layer": layer.map(JSONValue.string),
            "verdict": .string(verdict.rawValue), "reason": .string(reason),
            "collected": .integer(collected), "judged": .integer(judged),
            "excluded": .integer(excluded),
            "error": error.map(JSONValue.string),
            "repair": .string(repair),
            "subjects": .array(
                subjects.map {
                    .object([
                        "subject": .string($0.name), "verdict": .string($0.verdict.rawValue),
                        "observed": $0.observed.map(JSONValue.string),
                    ])
                }),
            "truncated": .bool(isTruncated),
            "gaps": .array(
                gaps.map {
                    .object([
                        "table": .string($0.table), "object": $0.object.map(JSONValue.string),
                        "columns": .array($0.columns.map(JSONValue.string)),
                        "layer": $0.layer.map(JSONValue.string),
                        "code": .string($0.code), "sentence": .string($0.sentence),
                    ])
                }),
        ])
    }
}
