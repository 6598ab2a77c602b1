import DockerfileSyntax

/// What a comment above the first FROM asks of Jettison: `# jettison: ignore` leaves the file alone, `# jettison: ignore
/// static-go` switches a pass off, and anything behind `--` says why.
enum AuthorComment: Equatable {
  /// The file stays as it is.
  case leave(Refusal)
  /// The passes that are not made.
  case without(Set<Pass>)

  /// The comments of a file, in order.
  static func all(in file: Dockerfile) -> [AuthorComment] {
    var comments: [AuthorComment] = []
    for item in file.items {
      if case .instruction(let instruction) = item, instruction.keyword == .from { break }
      if case .comment(let line) = item, let comment = read(line.comment) { comments.append(comment) }
    }
    return comments
  }

  private static func read(_ comment: String) -> AuthorComment? {
    let text = comment.drop { $0 == "#" || $0.isWhitespace }
    guard text.lowercased().hasPrefix("jettison:") else { return nil }
    let request = text.dropFirst("jettison:".count)
    let end = request.range(of: "--")?.lowerBound ?? request.endIndex
    let words = request[..<end].split { $0.isWhitespace || $0 == "," }.map(String.init)
    guard words.first == "ignore" else {
      return .leave(
        Refusal(
          .ignored, "'\(comment.trimmingLine)' is not understood, so the file stays: write '# jettison: ignore'"))
    }
    var passes: Set<Pass> = []
    for word in words.dropFirst() {
      guard let pass = Pass(rawValue: word) else {
        return .leave(
          Refusal(
            .ignored,
            "a comment asks to ignore '\(word)', which is no pass, so the file stays; the passes are: \(Pass.names.joined(separator: ", "))"
          ))
      }
      passes.insert(pass)
    }
    guard passes.isEmpty else { return .without(passes) }
    let why = String(request[end...].dropFirst(2)).trimmingLine
    return .leave(
      Refusal(
        .ignored, "a comment in the file asks to leave it alone" + (why.isEmpty ? "" : ": " + why)))
  }
}
