import BellmanModel
import BellmanStore

extension RecordView {
    /// The name of the member that a reference's text leads to; the text itself where it leads to none.
    func memberName(_ text: String) throws -> String {
        guard !text.isEmpty, case .found(let id) = try resolve(text, kind: "member"),
            let name = try record(RecordRef(kind: "member", id: id))?.text("name"), !name.isEmpty
        else { return text }
        return name
    }
}

extension Schema {
    /// What people call the record: its title or name, else its id.
    func title(of record: Record) -> String {
        let title = record.text(kind(record.ref.kind)?.titleField ?? "title")
        return title.isEmpty ? record.ref.id : title
    }
}
