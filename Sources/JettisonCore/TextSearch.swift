extension StringProtocol {
  /// The first range of a text inside this one, compared byte by byte.
  func range(of needle: String) -> Range<Index>? {
    let wanted = Array(needle.utf8)
    guard let first = wanted.first else { return nil }
    var index = utf8.startIndex
    while let start = utf8[index...].firstIndex(of: first) {
      if utf8[start...].starts(with: wanted) { return start..<utf8.index(start, offsetBy: wanted.count) }
      index = utf8.index(after: start)
    }
    return nil
  }

  /// Whether a text stands inside this one.
  func contains(_ needle: String) -> Bool { needle.isEmpty || range(of: needle) != nil }
}
