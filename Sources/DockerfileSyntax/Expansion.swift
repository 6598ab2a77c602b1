/// Docker's variable expansion, which also removes quotes and escapes.
public enum Expansion {
  /// Expands `text` as Docker does in ENV, COPY, WORKDIR and their like.
  ///
  /// - Parameters:
  ///   - text: an argument as written.
  ///   - escape: the file's escape character.
  ///   - value: the value of a variable, nil when it is not set.
  /// - Returns: the expanded text; nil when Docker refuses it.
  public static func expand(
    _ text: String, escape: UInt8 = UInt8(ascii: "\\"), value: @escaping (String) -> String?
  ) -> String? {
    var lexer = WordLexer(escape: escape)
    lexer.value = value
    return (try? lexer.expand(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The names of the variables that `text` reads.
  public static func variables(in text: String, escape: UInt8 = UInt8(ascii: "\\")) -> Set<String> {
    // The lexer asks for each name it meets; names inside an operand are read on both branches.
    final class Names { var names: Set<String> = [] }
    let names = Names()
    for answer in [nil, "", "x"] as [String?] {
      _ = expand(text, escape: escape) { name in
        names.names.insert(name)
        return answer
      }
    }
    return names.names
  }
}
