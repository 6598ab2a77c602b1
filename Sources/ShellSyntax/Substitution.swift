/// Finds the commands that an expansion runs to get its value: `$(git rev-parse HEAD)`, backticks.
enum Substitution {
  /// The texts of the outermost command substitutions in an expansion as it is written.
  static func texts(in expansion: String) -> [String] {
    let bytes = Array(expansion.utf8)
    // An ANSI-C string holds none.
    guard !bytes.starts(with: "$'".utf8) else { return [] }
    var texts: [String] = []
    var position = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\\"): position += 2
      case UInt8(ascii: "`"):
        var inner: [UInt8] = []
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "`") {
          // A backslash escapes the marks of an inner substitution.
          let next = position + 1 < bytes.count ? bytes[position + 1] : 0
          if bytes[position] == UInt8(ascii: "\\"), "`$\\".utf8.contains(next) { position += 1 }
          inner.append(bytes[position])
          position += 1
        }
        position += 1
        texts.append(String(decoding: inner, as: UTF8.self))
      case UInt8(ascii: "$") where bytes[position...].starts(with: "$((".utf8): position += 3
      case UInt8(ascii: "$") where bytes[position...].starts(with: "$(".utf8):
        var reader = WordReader(bytes, at: position)
        let end = reader.substitutionEnd()
        texts.append(String(decoding: bytes[(position + 2)..<max(end - 1, position + 2)], as: UTF8.self))
        position = end
      default: position += 1
      }
    }
    return texts
  }
}
