/// Something about the world that stops a command: an unreadable file, a bad flag, a full disk.
struct ToolError: Error, CustomStringConvertible {
  /// The file, as the person named it.
  var path: String?
  /// The place in it.
  var line: Int?
  /// What is wrong and what to do, without a full stop.
  var message: String
  /// A stable id.
  var id: String

  /// The one form in which every error is printed.
  var description: String {
    let place = path.map { $0 + (line.map { ":\($0)" } ?? "") + ": " } ?? ""
    return "\(place)error: \(message) [\(id)]"
  }
}
