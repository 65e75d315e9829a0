/// Every step between a due moment and its delivered notice at which a test can stop, fail or delay the program, and
/// the steps beside that way that write: imports, people's acts, backups.
///
/// The words are the table of docs/failpoints.md. A point that no case of `Tests/BlackBox/failpoints.py` reaches fails it.
public enum FailpointName: String, CaseIterable, Sendable {
    // What one tick does.
    case dueScan = "due-scan"
    case renamesWrite = "renames-write"
    case armWrite = "arm-write"
    case ledgerInsert = "ledger-insert"
    case stepsWrite = "steps-write"
    case levelsWrite = "levels-write"
    case outboxInsert = "outbox-insert"
    case invitationsWrite = "invitations-write"
    case actsNote = "acts-note"
    case recordsWrite = "records-write"
    case progressWrite = "progress-write"
    // Every transaction of the store.
    case transactionBegin = "transaction-begin"
    case commit
    case checkpoint
    case migrationStep = "migration-step"
    case documentsWrite = "documents-write"
    case storeClose = "store-close"
    // From the outbox to the receiver, and back.
    case claim
    case claimMark = "claim-mark"
    case bundle
    case format
    case send
    case httpStart = "http-start"
    case httpSent = "http-sent"
    case httpAnswer = "http-answer"
    case httpDone = "http-done"
    case mailStart = "mail-start"
    case mailReply = "mail-reply"
    case mailMessage = "mail-message"
    case mailDone = "mail-done"
    case completionsWrite = "completions-write"
    case attemptInsert = "attempt-insert"
    case deliveredMark = "delivered-mark"
    case deadLetter = "dead-letter"
    case retryWrite = "retry-write"
    case holdWrite = "hold-write"
    case fallbackInsert = "fallback-insert"
    case leasesRelease = "leases-release"
    case reopen
    case resend
    // Bellman's own troubles.
    case adminNote = "admin-note"
    case adminQueue = "admin-queue"
    case adminSettle = "admin-settle"
    // What people and commands do.
    case importBatch = "import-batch"
    case rejectsWrite = "rejects-write"
    case nudge
    case decisionWrite = "decision-write"
    case linkSpend = "link-spend"
    case ackWrite = "ack-write"
    case snoozeWrite = "snooze-write"
    case silenceWrite = "silence-write"
    case keyFile = "key-file"
    case rulesRemember = "rules-remember"
    // Backup and restore.
    case backupCopy = "backup-copy"
    case backupCheck = "backup-check"
    case backupSettle = "backup-settle"
    case restoreCopy = "restore-copy"
    case restorePrepare = "restore-prepare"
    case gapSettle = "gap-settle"
    case restoreAside = "restore-aside"
    case restoreRename = "restore-rename"
}

/// What a point can be made to do.
public enum FailpointMode: String, CaseIterable, Sendable {
    /// The process kills itself with SIGKILL before the step, so that nothing is flushed or closed.
    case crashBefore = "crash-before"
    /// The same when the step is done.
    case crashAfter = "crash-after"
    /// The step is not done, and its caller is told that it failed.
    case error
    /// The step is done, and its caller is told all the same that it failed: an acknowledgement that got lost.
    case lost
    /// The step begins later; what else is under way overtakes it.
    case delay
}

extension FailpointName {
    /// Modes that mean something at this point: an error only where the step can fail.
    public var modes: [FailpointMode] {
        switch self {
        case .format, .send, .httpSent, .httpDone, .mailDone, .checkpoint, .storeClose, .nudge, .keyFile:
            [.crashBefore, .crashAfter, .delay]
        case .httpStart, .httpAnswer, .mailStart, .mailReply, .mailMessage:
            [.crashBefore, .crashAfter, .error, .delay]
        default: FailpointMode.allCases
        }
    }

    /// The step, for docs/failpoints.md.
    public var step: String {
        switch self {
        case .dueScan: "the engine reads changes and due moments, and decides"
        case .renamesWrite: "a tick: history moves to a rule's new id"
        case .armWrite: "a tick: triggers are armed and disarmed"
        case .ledgerInsert: "a tick: decisions go into the ledger"
        case .stepsWrite: "a tick: waiting steps are written and finished"
        case .levelsWrite: "a tick: what holds and since when"
        case .outboxInsert: "a tick: notices go into the outbox"
        case .invitationsWrite: "a tick: states of meetings and their mails"
        case .actsNote: "a tick: what it did in somebody's name goes into the log of acts"
        case .recordsWrite: "records, their journal and index rows"
        case .progressWrite: "a tick: watermark and journal position"
        case .transactionBegin: "a transaction takes the write lock"
        case .commit: "a transaction is committed"
        case .checkpoint: "the write-ahead log is written back"
        case .migrationStep: "one step of the tables' migration"
        case .documentsWrite: "the store's own notes"
        case .storeClose: "the store is closed"
        default: deliveryStep
        }
    }

    private var deliveryStep: String {
        switch self {
        case .claim: "due messages are claimed"
        case .claimMark: "one row of the outbox is marked as claimed"
        case .bundle: "notices become one message"
        case .format: "a message gets its channel's form"
        case .send: "a message is handed to its transport"
        case .httpStart: "HTTP: the exchange begins"
        case .httpSent: "HTTP: the whole request has left, no answer has come"
        case .httpAnswer: "HTTP: the first line of the answer has come"
        case .httpDone: "HTTP: the outcome is handed back"
        case .mailStart: "SMTP: the transaction begins"
        case .mailReply: "SMTP: a reply of the relay has come"
        case .mailMessage: "SMTP: the message is handed over"
        case .mailDone: "SMTP: the outcome is handed back"
        case .completionsWrite: "what became of messages is written"
        case .attemptInsert: "one try is recorded"
        case .deliveredMark: "rows are marked as delivered"
        case .deadLetter: "rows are given up"
        case .retryWrite: "rows get the time of their next try"
        case .holdWrite: "rows are held for a gate"
        case .fallbackInsert: "a notice goes to its channel's fallback"
        case .leasesRelease: "what a holder left behind is free again"
        case .reopen: "what was held is let go"
        case .resend: "a finished delivery is sent again on request"
        default: careStep
        }
    }

    private var careStep: String {
        switch self {
        case .adminNote: "a trouble is noted for the admin channel"
        case .adminQueue: "the admin channel's message goes into the outbox"
        case .adminSettle: "the noted troubles are forgotten"
        case .importBatch: "a batch of an import is written"
        case .rejectsWrite: "a rejected row goes into its file"
        case .nudge: "a command tells the daemon that it wrote"
        case .decisionWrite: "a decision is written"
        case .linkSpend: "a single-use link is marked as used"
        case .ackWrite: "an acknowledgement is written"
        case .snoozeWrite: "a notice is put off"
        case .silenceWrite: "a silence is written"
        case .keyFile: "the key of links gets its file"
        case .rulesRemember: "last good versions of rule files are kept"
        case .backupCopy: "a backup is copied"
        case .backupCheck: "a backup is checked"
        case .backupSettle: "a backup gets its name"
        case .restoreCopy: "a restore copies the backup"
        case .restorePrepare: "a restore prepares the copy"
        case .gapSettle: "a restore settles what lies between"
        case .restoreAside: "a restore puts the present store aside"
        case .restoreRename: "a restore gives the copy the store's name"
        default: rawValue
        }
    }
}
