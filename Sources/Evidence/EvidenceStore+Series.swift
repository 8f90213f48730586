package import OpenSSL

extension EvidenceStore {
    /// Adds a report to the series of a host and a key: `reports/<hostId>/<yyyy-mm>.jsonl`.
    ///
    /// `payload` makes the report for its place in the chain while nobody else can take that place.
    /// Nothing is signed that a verifier would refuse. The line is on the disk when this returns;
    /// when it throws, the series is as it was. The month is that of the report's end, or the
    /// latest there is, so that the files in the order of their names are the series in its order.
    package func append(
        hostId: String, key: borrowing PrivateKey,
        payload: (ChainLink) throws(EvidenceError) -> [UInt8]
    ) throws(EvidenceError) -> AppendedReport {
        let series = try Series.held(of: hostId, in: root)
        let torn = try series.recover()
        let link = try series.nextLink(hostId: hostId, key: key.publicKey)
        let payload = try payload(link)
        let statement = try Statement(payload, of: .report, at: series.place)
        let report = try ReportSchema.fields(of: statement)
        guard report.chain == link, report.hostId == hostId else {
            throw EvidenceError(
                .chainPrevious, at: series.place, "the report is not for its place in the series")
        }
        let signed = try Envelope.signed(payload, with: key, at: series.place)
        let path = try series.append(signed.line, month: String(report.finishedAt.text.prefix(7)))
        return AppendedReport(
            line: signed.line, sha256: signed.sha256, link: link, path: path, torn: torn)
    }
}
