import Agent
import Facts
import Linux
import Testing

/// A hostile collector costs its own table, and nothing else.
struct WorkerPoolTests {
    static func schema(_ name: String) -> TableSchema {
        TableSchema(
            name: name, documentation: "", key: .column("text"), layer: .configured,
            columns: [
                ColumnSchema(name: "text", type: .text, documentation: "", privacy: .plain)
            ])
    }

    static func pool(_ limits: WorkerLimits = quick, root: String = "/", host: WorkerHost? = nil)
        throws -> WorkerPool
    {
        let itself = try Descriptor.open(Array("/proc/self".utf8), .followedPlace)
        let path = String(decoding: try itself.target(ofLink: Array("exe".utf8)), as: UTF8.self)
        let directory = path.split(separator: "/").dropLast().joined(separator: "/")
        return WorkerPool(
            try WorkerProgram(path: "/\(directory)/HostileWorker", ["assay", "worker"]),
            host: host ?? .offline(root: root), limits: limits)
    }

    static let quick = WorkerLimits(
        deadline: .seconds(5), total: .seconds(30), count: 2, memory: 512 << 20)

    @Test(arguments: [
        ("aborts", GapCode.crashed), ("exits", .crashed), ("half", .crashed),
        ("allocates", .crashed), ("leavesChild", .crashed), ("garbage", .notParsed),
        ("endless", .notParsed), ("hangs", .timedOut), ("spins", .timedOut),
        ("unheard_of", .notCollected),
    ])
    func `a collector's misdeed leaves its table unavailable, and the others whole`(
        name: String, code: GapCode
    ) throws {
        var limits = Self.quick
        if code == .timedOut { limits.deadline = .seconds(1) }
        limits.count = 1
        let pool = try Self.pool(limits)
        let start = ContinuousClock.now
        let tables = pool.gather(["fine", name, "prints", "fine"].map(Self.schema))
        #expect(tables.map(\.state) == [.complete, .unavailable, .complete, .complete])
        #expect(tables[1].gaps.map(\.code) == [code])
        #expect(tables[2].rows == [[.text("prints")]])
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func `all misdeeds together end in time, each with its own table`() throws {
        var limits = Self.quick
        limits.deadline = .seconds(2)
        let names = [
            "hangs", "aborts", "fine", "half", "endless", "hangs", "spins", "garbage", "prints",
            "leavesChild", "exits", "fine",
        ]
        let start = ContinuousClock.now
        var ended: [String] = []
        let tables = try Self.pool(limits).gather(names.map(Self.schema)) { progress in
            if case .ended(let name, _, _, of: 12) = progress { ended.append(name) }
        }
        #expect(tables.map(\.schema.name) == names)
        #expect(
            tables.map { $0.state == .complete } == names.map { $0 == "fine" || $0 == "prints" })
        #expect(ended.sorted() == names.sorted())
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    static let canFreeze =
        Identity.effective.user == 0
        && (try? Descriptor.open(Array("/sys/fs/cgroup/freezer".utf8), .place)) != nil

    @Test(.enabled(if: canFreeze, "only root freezes processes, where there is a freezer"))
    func `a worker that the kernel does not let go is not waited for`() throws {
        var limits = Self.quick
        limits.deadline = .seconds(2)
        limits.count = 1
        let start = ContinuousClock.now
        do {
            let pool = try Self.pool(limits)
            let tables = pool.gather(["fine", "freezes", "fine"].map(Self.schema))
            #expect(tables.map(\.state) == [.complete, .unavailable, .complete])
            #expect(tables[1].gaps.map(\.code) == [.timedOut])
        }
        #expect(ContinuousClock.now - start < .seconds(8))
        let shell = try Descriptor.open(Array("/bin/sh".utf8), .followedPlace)
        let thaw = """
            cd /sys/fs/cgroup/freezer/assay-test; wc -l <cgroup.procs; echo THAWED >freezer.state
            while [ -s cgroup.procs ]; do sleep 0.1; done; cd ..; rmdir assay-test
            """
        let left = try ProgramRun(shell, ProcessStart(["sh", "-c", thaw]))
            .answer(deadline: .seconds(10), limit: 100)
        #expect(left.output == Array("1\n".utf8), "it was frozen all the time")
    }

    @Test func `an answer that nobody asked for is not taken for the next table`() throws {
        var limits = Self.quick
        limits.count = 1
        let tables = try Self.pool(limits).gather(["twice", "fine"].map(Self.schema))
        #expect(tables[0].state == .unavailable)
        #expect(tables[1].rows == [[.text("fine")]])
    }

    @Test func `when the time for all is over, what is left is late`() throws {
        let limits = WorkerLimits(deadline: .seconds(20), total: .seconds(1), count: 1)
        let start = ContinuousClock.now
        let tables = try Self.pool(limits).gather(["fine", "hangs", "fine"].map(Self.schema))
        #expect(tables.map(\.state) == [.complete, .unavailable, .unavailable])
        #expect(tables[2].gaps.map(\.code) == [.timedOut])
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `a table with other columns than were asked for is not taken`() throws {
        var schema = Self.schema("fine")
        schema.columns[0].name = "other"
        #expect(try Self.pool().gather([schema])[0].gaps.map(\.code) == [.notParsed])
        schema = Self.schema("fine")
        schema.columns[0].type = .integer
        #expect(try Self.pool().gather([schema])[0].gaps.map(\.code) == [.notParsed])
    }

    @Test func `a host that cannot be opened leaves every table unavailable`() throws {
        let pool = try Self.pool(root: "/nowhere/at/all")
        #expect(pool.gather([Self.schema("fine")])[0].gaps.map(\.code) == [.notAvailable])
    }

    @Test func `a program that is not there leaves every table unavailable`() throws {
        let program = try WorkerProgram(path: "/etc/passwd", ["assay", "worker"])
        let pool = WorkerPool(program, host: .live)
        #expect(pool.gather([Self.schema("fine")])[0].gaps.map(\.code) == [.crashed])
    }

    @Test func `a worker has nothing but its channel, little power and a limit on everything`()
        throws
    {
        let table = try Self.pool().gather([Self.schema("worker_facts")])[0]
        let lines = Set(table.rows.compactMap { $0.first?.text })
        let files = lines.filter { $0.hasPrefix("fd ") }
        let sockets = files.filter { $0.hasPrefix("fd socket:") }
        #expect(sockets.count == 1)
        let others = files.subtracting(sockets).map { $0.dropFirst(3) }
        #expect(others.allSatisfy { $0 == "/" || $0 == "/dev/null" || $0.hasPrefix("/proc") })
        #expect(lines.contains(#"NoNewPrivs:\x091"#))
        #expect(lines.contains { $0.hasPrefix("Max address space         536870912") })
        #expect(lines.contains { $0.hasPrefix("Max core file size        0 ") })
        #expect(lines.contains { $0.hasPrefix("Max open files            1024 ") })
        #expect(lines.contains { $0.hasPrefix("Max cpu time              120 ") })
    }

    static func twin(_ name: String) -> TableSchema {
        var twin = schema(name)
        twin.reading = "twins"
        return twin
    }

    @Test func `tables of one reading come from one reading, whatever is gathered beside them`()
        throws
    {
        let tables = try Self.pool().gather(
            [Self.twin("one_twin"), Self.schema("fine"), Self.twin("other_twin")])
        #expect(tables.map(\.schema.name) == ["one_twin", "fine", "other_twin"])
        #expect(tables.map(\.state) == [.complete, .complete, .complete])
        #expect(tables[0].rows == tables[2].rows)
        let apart = try Self.pool().gather(["one_twin", "other_twin"].map(Self.schema))
        #expect(apart[0].rows != apart[1].rows)
    }

    @Test func `site files that changed since the scan began leave unknown what hangs on them`()
        throws
    {
        let pool = try Self.pool(root: "/proc/self/task")
        let schemas = [Self.twin("one_twin"), Self.schema("fine")]
        pool.site.digests = []
        #expect(pool.gather(schemas).map(\.state) == [.complete, .complete])
        pool.site.digests = ["another"]
        let tables = pool.gather(schemas)
        #expect(tables.map(\.state) == [.unavailable, .complete])
        #expect(tables[0].gaps.map(\.code) == [.changed])
    }

    @Test func `a special request is answered, and its argument comes whole`() throws {
        let pool = try Self.pool()
        let argument = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(try pool.answer(to: "echo", argument) == argument)
        #expect(throws: WorkerFailure.crashed) { try pool.answer(to: "abort") }
        #expect(throws: WorkerFailure.unknown) { try pool.answer(to: "else") }
        let names = try pool.answer(to: "names")
        #expect(names.split(separator: 0x0A).contains(Array("etc".utf8)[...]))
    }

    @Test(.enabled(if: Identity.effective.user == 0, "only root can act as another user"))
    func `a worker for another user has that user's power and no groups`() throws {
        let pool = try Self.pool()
        let nobody = Identity(user: 65534, group: 65534)
        let lines = pool.gather(Self.schema("worker_facts"), as: nobody).rows.compactMap {
            $0.first?.text
        }
        #expect(lines.contains(#"Uid:\x0965534\x0965534\x0965534\x0965534"#))
        #expect(lines.contains(#"Gid:\x0965534\x0965534\x0965534\x0965534"#))
        #expect(lines.contains(#"Groups:\x09 "#))
        #expect(lines.contains(#"CapEff:\x090000000000000000"#))
        #expect(lines.contains(#"NoNewPrivs:\x091"#))
        // The pool's next worker is root again.
        let next = pool.gather([Self.schema("worker_facts")])[0].rows.compactMap { $0.first?.text }
        #expect(next.contains(#"Uid:\x090\x090\x090\x090"#))
    }
}
