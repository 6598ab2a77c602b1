import JettisonCore

/// A batch as workflow commands, which GitHub shows beside the lines of a pull request.
///
/// Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
enum BatchAnnotations {
  static func text(_ notices: [BatchNotices.Notice]) -> String {
    notices.map { notice in
      let command =
        switch notice.severity {
        case .note: "notice"
        case .warning: "warning"
        case .error: "error"
        }
      var properties = ["file=\(property(notice.path))", "line=\(notice.line)"]
      if let column = notice.column { properties.append("col=\(column)") }
      properties.append("title=\(property("jettison: \(notice.id)"))")
      return "::\(command) \(properties.joined(separator: ","))::\(escaped(notice.message))"
    }.joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func property(_ text: String) -> String {
    escaped(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
