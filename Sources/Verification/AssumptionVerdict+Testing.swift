import JettisonCore

extension AssumptionVerdict {
  /// What the two images say of what a rewrite takes for granted.
  ///
  /// - Parameters:
  ///   - assumption: what is taken for granted.
  ///   - files: the images' file systems.
  ///   - compiled: the compiled files that travelled.
  ///   - isAlike: whether the new image started and answered as the old one.
  ///   - answers: how many answers were the same.
  init(
    _ assumption: Assumption, files: FileComparison, compiled: [FileComparison.Compiled], isAlike: Bool, answers: Int
  ) {
    id = assumption.rawValue
    let missing = compiled.filter { $0.missingLoader != nil || !$0.missingLibraries.isEmpty }
    switch assumption {
    case .pureGo:
      let linked = compiled.filter { !$0.header.needed.isEmpty || $0.header.interpreter != nil }
      if !isAlike {
        (answer, because) = (.notTested, "the new image does not start and answer as the old one")
      } else if linked.isEmpty, !compiled.isEmpty {
        (answer, because) = (
          .confirmed, "the build went through without C, and \(compiled[0].path) is static and starts as before"
        )
      } else {
        (answer, because) = (.notTested, "no static program travelled")
      }
    case .jsNative, .jsLibs, .pyLibs:
      let libraries = compiled.count == 1 ? "1 compiled file travels" : "\(compiled.count) compiled files travel"
      if let first = missing.first {
        let what = first.missingLoader ?? first.missingLibraries.joined(separator: ", ")
        (answer, because) = (.refuted, "\(first.path) needs \(what), which the new image does not have")
      } else if compiled.isEmpty {
        (answer, because) = (.confirmed, "no compiled file travels, so none needs a library")
      } else {
        (answer, because) = (
          .confirmed, "\(libraries), and the new image has all loaders and libraries they are linked to"
        )
      }
    case .tagPair: (answer, because) = Self.tagPair(files)
    case .projectTool, .execLiterals, .readsLiterals:
      let seen = answers == 0 ? "only the start was watched" : "only what was asked was seen"
      (answer, because) = (
        .notTested,
        isAlike
          ? "a container shows no path that it did not take; \(seen), and that was the same"
          : "the new image does not start and answer as the old one"
      )
    }
  }

  private static func tagPair(_ files: FileComparison) -> (Answer, String) {
    let (old, new) = (files.old.configuration.variables, files.new.configuration.variables)
    for name in ["PYTHON_VERSION", "NODE_VERSION", "JAVA_VERSION", "GOLANG_VERSION", "RUBY_VERSION", "BUN_VERSION"] {
      guard let before = old[name], let after = new[name], before != after else { continue }
      return (.refuted, "\(name) was \(before), is \(after)")
    }
    guard let before = files.old.files.release, let after = files.new.files.release else {
      return (.notTested, "one of the images does not say which release it is")
    }
    guard before.id == after.id else {
      return (.notTested, "the images are of different systems, \(before.id) and \(after.id)")
    }
    return before == after
      ? (.confirmed, "both images are \(after.id) \(after.version)")
      : (.refuted, "the release was \(before.id) \(before.version), is \(after.id) \(after.version)")
  }
}

extension ImageFiles {
  /// The distribution and its release, as the image itself says.
  var release: (id: String, version: String)? {
    guard let text = text("/etc/os-release") else { return nil }
    var values: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { values[String(parts[0])] = parts[1].filter { $0 != "\"" && $0 != "'" } }
    }
    return values["ID"].map { ($0, values["VERSION_ID"] ?? values["VERSION_CODENAME"] ?? "") }
  }
}
