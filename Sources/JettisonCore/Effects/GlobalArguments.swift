import DockerfileSyntax

extension Dockerfile {
  /// The ARGs before the first FROM with their defaults, nil where only a build knows the value.
  ///
  /// Each default sees the ones above it.
  var globalArguments: [String: String?] {
    var values: [String: String?] = [:]
    for instruction in instructions.prefix(while: { $0.keyword != .from }) where instruction.keyword == .arg {
      for (name, text) in instruction.declarations { values[name] = text.flatMap { expand($0, with: values) } }
    }
    return values
  }

  /// Text of a FROM with the ARGs above it; nil where it hangs on what only a build knows, such as its platform.
  func expand(_ text: String, with globals: [String: String?]) -> String? {
    let isKnown = Expansion.variables(in: text, escape: escape).allSatisfy { name in
      globals[name].map { $0 != nil } ?? !["TARGET", "BUILD"].contains { name.hasPrefix($0) }
    }
    return isKnown ? Expansion.expand(text, escape: escape) { globals[$0] ?? nil } : nil
  }
}
