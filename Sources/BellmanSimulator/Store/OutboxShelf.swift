import Almanac
import BellmanModel
import BellmanStore

/// The outbox: every row ever, and which of them are open.
struct OutboxShelf {
    struct Row {
        var item: OutboxItem
        /// What bundles are made by: a notice that is more than words leaves alone.
        let crowd: String
        let rank: Int
        var claim: String?
        var lease: Instant?

        var isOpen: Bool { item.state == .waiting || item.state == .held }
    }

    var rows: [Row] = []
    var places: [String: Int] = [:]
    /// Places of open rows, ascending.
    var open: [Int] = []
    var bundles = 0
    var marks: [SendMark] = []
    var attempts: [String: [Attempt]] = [:]
    /// A planted bug.
    var sabotage: Sabotage?

    /// False when a notice of that id is there already.
    mutating func insert(_ item: OutboxItem) -> Bool {
        let notice = item.notice
        guard places[notice.id] == nil else { return false }
        let crowd = notice.payload == nil ? notice.recipientKey : notice.recipientKey + "\n" + notice.id
        var row = Row(item: item, crowd: crowd, rank: OutboxShelf.rank(notice))
        if !row.isOpen, row.item.finishedAt == nil { row.item.finishedAt = item.createdAt }
        places[notice.id] = rows.count
        if row.isOpen { open.append(rows.count) }
        rows.append(row)
        return true
    }

    static let ranks = 0...3
    static let urgent = 0

    private static func rank(_ notice: Notice) -> Int {
        if notice.urgent { return urgent }
        return switch notice.priority {
        case .high: 1
        case .normal: 2
        case .low: 3
        }
    }

    mutating func finish(_ place: Int, _ state: DeliveryState, _ reason: Reason, at: Instant) {
        (rows[place].item.state, rows[place].item.reason, rows[place].item.finishedAt) = (state, reason, at)
        (rows[place].claim, rows[place].lease) = (nil, nil)
        open.removeAll { $0 == place }
    }

    mutating func reopen(_ place: Int) {
        guard !open.contains(place) else { return }
        open.insert(place, at: open.lowerBound { $0 < place })
    }
}

// MARK: claiming

extension OutboxShelf {
    /// From this `bundleAbove` on nothing is bundled.
    private static let neverBundled = 1_000

    mutating func claim(_ request: ClaimRequest) -> [ClaimedMessage] {
        var messages: [ClaimedMessage] = []
        var taken: Set<Int> = []
        let due = open.filter {
            rows[$0].claim == nil && rows[$0].item.notBefore <= request.now
                && !request.excluding.contains(rows[$0].item.notice.channel)
        }
        var channels = Set(due.map { rows[$0].item.notice.channel }).sorted(by: isBefore)
        while !channels.isEmpty, messages.count < request.limit {
            let share = max(1, (request.limit - messages.count) / channels.count)
            var more: [String] = []
            for channel in channels where messages.count < request.limit {
                let heads = self.heads(channel, due, limit: min(share, request.limit - messages.count))
                for head in heads where !taken.contains(head) {
                    messages.append(message(head, due, &taken, request))
                }
                if heads.count >= share { more.append(channel) }
            }
            channels = more
        }
        return messages
    }

    private func heads(_ channel: String, _ due: [Int], limit: Int) -> [Int] {
        Array(
            due.filter { rows[$0].claim == nil && rows[$0].item.notice.channel == channel }
                .sorted { precedes($0, $1) }.prefix(limit))
    }

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        (rows[a].rank, rows[a].item.notBefore, a) < (rows[b].rank, rows[b].item.notBefore, b)
    }

    private mutating func message(
        _ head: Int, _ due: [Int], _ taken: inout Set<Int>, _ request: ClaimRequest
    ) -> ClaimedMessage {
        let item = rows[head].item
        if let bundle = item.bundle {
            // A notice that was once claimed alone stays alone: it may have arrived under its own id already.
            return together(bundle, bundle == item.notice.id ? [head] : existing(bundle), &taken, request)
        }
        let crowd = crowd(head, due, request)
        guard crowd.count > 1 else { return together(item.notice.id, [head], &taken, request) }
        bundles += 1
        return together("\(item.notice.id)-bundle-\(bundles)", crowd, &taken, request)
    }

    private func existing(_ bundle: String) -> [Int] {
        open.filter { rows[$0].item.bundle == bundle && rows[$0].item.notice.id != bundle && rows[$0].claim == nil }
            .sorted { (rows[$0].rank, rows[$0].item.createdAt, $0) < (rows[$1].rank, rows[$1].item.createdAt, $1) }
    }

    /// Rows of the head's recipient that leave with it; empty where it leaves alone.
    private func crowd(_ head: Int, _ due: [Int], _ request: ClaimRequest) -> [Int] {
        let row = rows[head]
        let channel = row.item.notice.channel
        let isGathered = row.item.state == .held || request.eager.contains(channel)
        guard request.bundleSize > 1, request.bundleAbove < OutboxShelf.neverBundled else { return [] }
        let same = due.filter {
            let other = rows[$0]
            return other.claim == nil && other.item.notice.channel == channel && other.crowd == row.crowd
                && other.item.bundle == nil
                && (other.rank == OutboxShelf.urgent) == (row.rank == OutboxShelf.urgent)
        }.sorted { precedes($0, $1) }
        return same.count > (isGathered ? 1 : max(request.bundleAbove, 1)) ? Array(same.prefix(request.bundleSize)) : []
    }

    private mutating func together(
        _ id: String, _ places: [Int], _ taken: inout Set<Int>, _ request: ClaimRequest
    ) -> ClaimedMessage {
        var items: [OutboxItem] = []
        for place in places {
            taken.insert(place)
            (rows[place].claim, rows[place].lease) = (request.claim, request.lease)
            if rows[place].item.bundle == nil { rows[place].item.bundle = id }
            items.append(rows[place].item)
        }
        return ClaimedMessage(id: id, items: items, claim: request.claim)
    }
}

// MARK: completing

extension OutboxShelf {
    /// Reason of a notice whose holder went away without a word.
    static let interrupted = "interrupted"

    /// False when the claim is stale: nothing is changed then, not even the follow-ups.
    mutating func apply(_ completion: Completion, now: Instant) -> Bool {
        let mine = claimed(completion)
        guard !mine.isEmpty else { return false }
        if let attempt = completion.attempt {
            for place in mine { attempts[rows[place].item.notice.id, default: []].append(attempt) }
        }
        for place in mine {
            if completion.attempt != nil { rows[place].item.attempts += 1 }
            settle(place, completion, now)
        }
        for item in completion.followUps { _ = insert(item) }
        return true
    }

    private func claimed(_ completion: Completion) -> [Int] {
        if let place = places[completion.message],
            rows[place].claim == completion.claim || sabotage == .completeByIdentifier
        {
            return [place]
        }
        return open.filter {
            rows[$0].item.bundle == completion.message && rows[$0].item.notice.id != completion.message
                && rows[$0].claim == completion.claim
        }
    }

    private mutating func settle(_ place: Int, _ completion: Completion, _ now: Instant) {
        switch completion.fate {
        case .sent: finish(place, .sent, Reason("delivered"), at: now)
        case .dropped(let reason): finish(place, .dropped, reason, at: now)
        case .dead(let reason): finish(place, .dead, reason, at: now)
        case .retry(let at):
            rows[place].item.notBefore = at
            if let verdict = completion.attempt?.verdict {
                (rows[place].item.state, rows[place].item.reason) = (.waiting, Reason(verdict))
            }
            if sabotage == .retryInMemory, rows[place].item.attempts > 2 {
                rows[place].lease = nil
                return
            }
            (rows[place].claim, rows[place].lease) = (nil, nil)
        case .held(let until, let reason):
            (rows[place].item.state, rows[place].item.notBefore) = (.held, until)
            free(place)
            let code = rows[place].item.reason.code
            rows[place].item.reason = Reason(
                code == OutboxShelf.interrupted ? code : reason.code, reason.detail)
        case .released: free(place)
        }
    }

    /// What was never tried may leave in another company than it was claimed in. What was interrupted may have arrived.
    private mutating func free(_ place: Int) {
        if rows[place].item.attempts == 0, rows[place].item.reason.code != OutboxShelf.interrupted {
            rows[place].item.bundle = nil
        }
        (rows[place].claim, rows[place].lease) = (nil, nil)
    }
}
