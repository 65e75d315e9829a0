import Glibc

/// `${env:NAME}`, `${file:PATH}`, `${credential:NAME}`: the only ways a secret gets into the configuration.
struct SecretReference {
    enum Source: String { case env, file, credential }

    enum Failure: Error {
        case noSuchVariable(String)
        case noCredentialFolder(String)
        case unreadable(path: String, why: String)
        case empty(String)
        case unknownSource(String)
    }

    let source: Source
    let name: String

    /// Bytes of a secret file.
    static let sizeLimit = 64 * 1024

    /// `nil` when the text is no reference.
    init?(_ text: String) throws(Failure) {
        guard text.hasPrefix("${"), text.hasSuffix("}"), let colon = text.firstIndex(of: ":") else { return nil }
        let kind = String(text.dropFirst(2).prefix { $0 != ":" })
        guard let source = Source(rawValue: kind) else { throw .unknownSource(kind) }
        self.source = source
        name = String(text[text.index(after: colon)...].dropLast())
    }

    /// Trailing line ends of a file are no part of its secret.
    func resolve(environment: [String: String], folder: String) throws(Failure) -> String {
        let value: String
        switch source {
        case .env:
            guard let found = environment[name] else { throw .noSuchVariable(name) }
            value = found
        case .file: value = try read(name.hasPrefix("/") ? name : "\(folder)/\(name)")
        case .credential:
            guard let base = environment["CREDENTIALS_DIRECTORY"] ?? SecretReference.runningService else {
                throw .noCredentialFolder(name)
            }
            value = try read("\(base)/\(name)")
        }
        guard !value.isEmpty else { throw .empty(name) }
        return value
    }

    /// Credentials of the running service: what commands that root gives beside it read.
    private static var runningService: String? {
        let folder = "/run/credentials/bellman.service"
        return TextFile.isFolder(folder) ? folder : nil
    }

    private func read(_ path: String) throws(Failure) -> String {
        switch TextFile.read(path, limit: SecretReference.sizeLimit) {
        case .success(let bytes):
            var text = String(decoding: bytes, as: UTF8.self)
            while let last = text.unicodeScalars.last, last == "\n" || last == "\r" { text.unicodeScalars.removeLast() }
            return text
        case .failure(let failure): throw .unreadable(path: path, why: failure.text)
        }
    }
}
