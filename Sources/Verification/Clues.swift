/// What may explain that the new image behaves otherwise: paths its output names that only the old one has.
struct Clues {
  let files: FileComparison

  /// The clues in what the new image printed and answered.
  func explain(_ text: String) -> [String] {
    var clues: [String] = []
    func add(_ clue: String) { if !clues.contains(clue), clues.count < 6 { clues.append(clue) } }
    let lower = text.lowercased()
    if let lost = files.lostCertificates, lower.contains("certificate") || lower.contains("x509") {
      add("it speaks of certificates: those of the old image, \(lost), are not in the new one")
    }
    if lower.contains("time zone") || lower.contains("timezone"), isLost("/usr/share/zoneinfo") {
      add("it speaks of time zones: /usr/share/zoneinfo of the old image is not in the new one")
    }
    for word in Self.words(in: text) {
      let path = Travel.absolute(word, in: files.old.configuration.workingFolder)
      if let place = lostPlace(of: path) {
        add("it names \(word): \(place) was in the old image and is not in the new one")
      } else if lower.contains("permission denied"), let before = files.old.files.file(path),
        let after = files.new.files.file(path), !before.isAlike(after)
      {
        add("it names \(word), which was \(before.description) and is \(after.description)")
      }
    }
    return clues
  }

  /// The clues in a question that is not answered any more: a file of that name that only the old image has.
  func explain(request path: String) -> [String] {
    let tail = String(path.prefix { $0 != "?" && $0 != "#" })
    guard tail.count > 1, !tail.hasSuffix("/") else { return [] }
    return files.old.files.all.keys.filter { $0.hasSuffix(tail) && files.new.files.file($0) == nil }.sorted().prefix(3)
      .map { "\($0) was in the old image and is not in the new one" }
  }

  private func isLost(_ path: String) -> Bool {
    files.old.files.file(path) != nil && files.new.files.file(path) == nil
  }

  /// The uppermost part of a path that the old image has and the new one has not.
  private func lostPlace(of path: String) -> String? {
    var place = ""
    for part in path.split(separator: "/") {
      place += "/" + part
      guard files.old.files.file(place) != nil else { return nil }
      if files.new.files.file(place) == nil { return place }
    }
    return nil
  }

  /// The words of a text that look like paths.
  private static func words(in text: String) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || "/._-+@".contains($0)) }.suffix(4000).compactMap { word in
      var word = String(word)
      while let last = word.last, ".-+@/".contains(last) { word.removeLast() }
      let isPath = word.hasPrefix("/") ? word.count > 1 : word.contains("/") || word.contains(".")
      return isPath && word.count < 1024 ? word : nil
    }
  }
}
