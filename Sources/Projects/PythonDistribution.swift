/// A distribution that Python's package managers install.
public struct PythonDistribution: Sendable, Hashable {
  /// The name in its normal form: lower case, runs of `-`, `_` and `.` as one dash.
  public var name: String
  /// The extras in brackets.
  public var extras: [String]
  /// Everything behind the name and extras, such as `==2.9.3`.
  public var specifier: String

  /// Makes a distribution.
  public init(name: String, extras: [String] = [], specifier: String = "") {
    self.name = Self.normalized(name)
    self.extras = extras
    self.specifier = specifier
  }

  /// The normal form of a name.
  ///
  /// Source: https://packaging.python.org/en/latest/specifications/name-normalization/
  public static func normalized(_ name: String) -> String {
    var result = ""
    var pendingDash = false
    for character in name.lowercased() {
      if character == "-" || character == "_" || character == "." {
        pendingDash = true
      } else {
        if pendingDash, !result.isEmpty { result.append("-") }
        pendingDash = false
        result.append(character)
      }
    }
    return result
  }

  /// Reads a requirement such as `psycopg2[pool]>=2.9 ; python_version < "3.12"`; nil for a path or an address.
  public init?(parsing requirement: String) {
    var text = requirement[...]
    if let marker = text.firstIndex(of: ";") { text = text[..<marker] }
    text = text.trimmed
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." }
    guard let first = name.first, first.isLetter || first.isNumber else { return nil }
    var rest = text.dropFirst(name.count).trimmed
    var extras: [String] = []
    if rest.first == "[", let close = rest.firstIndex(of: "]") {
      extras = rest[rest.index(after: rest.startIndex)..<close].split(separator: ",").map { String($0.trimmed) }
      rest = rest[rest.index(after: close)...].trimmed
    }
    if let next = rest.first, !"=<>!~@(".contains(next) { return nil }
    self.init(name: String(name), extras: extras, specifier: String(rest))
  }
}

extension StringProtocol where SubSequence == Substring {
  /// The text without white space at its ends.
  var trimmed: Substring {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
