/// COPY or ADD: sources and a destination.
public struct Copy: Sendable, Hashable {
  /// The sources as written; the names of heredocs are left out.
  public var sources: [String]
  /// The destination as written.
  public var destination: String
  /// The stage or image of `--from`.
  public var from: String?
  /// The value of `--chown`.
  public var owner: String?
  /// The value of `--chmod`.
  public var mode: String?
  /// The values of `--exclude`.
  public var excludes: [String]
  /// Whether it is an ADD, which also fetches addresses and unpacks archives.
  public var isAdd: Bool
  /// The heredocs given as sources.
  public var heredocs: [Heredoc]

  /// Reads a COPY or ADD; nil for another instruction or one with fewer than two words.
  public init?(_ instruction: Instruction) {
    guard instruction.keyword == .copy || instruction.keyword == .add else { return nil }
    let words = instruction.words
    guard words.count >= 2, let last = words.last else { return nil }
    heredocs = instruction.heredocs
    let hasHeredocs = !instruction.heredocs.isEmpty
    sources = words.dropLast().filter { word in
      guard hasHeredocs else { return true }
      let heredoc: HeredocWord?? = try? HeredocWord(Array(word.utf8))
      if case .some(.some) = heredoc { return false }
      return true
    }
    destination = last
    from = instruction.flag("from")
    owner = instruction.flag("chown")
    mode = instruction.flag("chmod")
    excludes = instruction.flags.filter { $0.name == "exclude" }.map { $0.value ?? "" }
    isAdd = instruction.keyword == .add
  }
}
