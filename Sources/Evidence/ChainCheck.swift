/// Whether reports of one host and one key follow each other without anything left out.
struct ChainCheck {
    private typealias Link = (entry: VerifiedSeries.Entry, link: ChainLink)
    private let links: [Link]

    /// The entries that are links of a chain, in the order in which they were read.
    init(_ entries: [VerifiedSeries.Entry]) {
        links = entries.compactMap { entry in entry.fields.chain.map { (entry, $0) } }
    }

    /// The first and the last report; the first of the checks that fails decides the error.
    func verify() throws(EvidenceError) -> (first: ChainLink, last: ChainLink, lastSha256: String)?
    {
        try refuseRestart()
        try refuseFork()
        let sorted = links.sorted { $0.link.sequence < $1.link.sequence }
        guard let first = sorted.first, let last = sorted.last else { return nil }
        if last.link.sequence - first.link.sequence + 1 == sorted.count { try refuseDisorder() }
        try refuseGap(in: sorted)
        try refuseOtherPrevious(in: sorted)
        return (first.link, last.link, last.entry.sha256)
    }

    private func refuseRestart() throws(EvidenceError) {
        var highest: Int64 = 0
        for (entry, link) in links {
            if link.sequence == 1, highest > 1 {
                throw error(.chainRestart, entry, "begins again at 1 after \(highest)")
            }
            highest = max(highest, link.sequence)
        }
    }

    private func refuseFork() throws(EvidenceError) {
        var seen: Set<Int64> = []
        for (entry, link) in links where !seen.insert(link.sequence).inserted {
            throw error(.chainFork, entry, "has two reports with sequence \(link.sequence)")
        }
    }

    private func refuseDisorder() throws(EvidenceError) {
        for (one, next) in zip(links, links.dropFirst())
        where next.link.sequence < one.link.sequence {
            throw error(
                .chainOrder, next.entry,
                "has sequence \(next.link.sequence) after \(one.link.sequence)")
        }
    }

    private func refuseGap(in sorted: [Link]) throws(EvidenceError) {
        for (one, next) in zip(sorted, sorted.dropFirst())
        where next.link.sequence != one.link.sequence + 1 {
            throw error(
                .chainGap, next.entry,
                "lacks what is between \(one.link.sequence) and \(next.link.sequence)")
        }
    }

    private func refuseOtherPrevious(in sorted: [Link]) throws(EvidenceError) {
        for (one, next) in zip(sorted, sorted.dropFirst())
        where next.link.previousSha256 != one.entry.sha256 {
            throw error(
                .chainPrevious, next.entry,
                "has a report \(next.link.sequence) that does not name the one before it")
        }
    }

    private func error(
        _ code: EvidenceCode, _ entry: VerifiedSeries.Entry, _ message: String
    ) -> EvidenceError {
        EvidenceError(code, at: entry.place, "the series \(message)")
    }
}
