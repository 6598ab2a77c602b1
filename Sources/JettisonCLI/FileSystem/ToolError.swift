/// Something about the world that stops a command: an unreadable file, a bad flag, a full disk.
struct ToolError: Error, CustomStringConvertible {
  /// The file, as the person named it.
  var path: String?
  /// The place in it.
  var line: Int?
  /// The column in that line.
  var column: Int?
  /// What is wrong and what to do, without a full stop.
  var message: String
  /// A stable id.
  var id: String

  /// Where it is wrong, up to what is: `path:line:column: `.
  var place: String {
    path.map { $0 + (line.map { ":\($0)" } ?? "") + (column.map { ":\($0)" } ?? "") + ": " } ?? ""
  }

  /// The one form in which every error is printed.
  var description: String { "\(place)error: \(message) [\(id)]" }
}
