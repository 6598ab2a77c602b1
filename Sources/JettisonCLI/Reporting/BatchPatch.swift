import ContextFiles
import JettisonCore

/// The rewrites of Dockerfiles that share a context as a mail that `git am` takes, with the reasons in its message.
struct BatchPatch {
  /// The number in the file's name.
  var number: Int
  /// The Dockerfiles.
  var entries: [BatchEntry]
  /// What changes, by path from the repository's root.
  var changes: [UnifiedDiff.Change]
  /// The folder the batch looked through, as a path from the repository's root.
  var prefix: String

  /// The file's name: `0012-services-api.patch`.
  var name: String {
    let digits = "\(number)"
    let place = String(title.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") ? $0 : "-" })
    let start = place.drop { $0 == "-" || $0 == "." }.prefix(60)
    return String(repeating: "0", count: max(4 - digits.count, 0)) + digits + "-" + (start.isEmpty ? "root" : start)
      + ".patch"
  }

  /// What the patch is about: the one Dockerfile's folder, or the file where its name tells more.
  private var title: String {
    let paths = entries.map { ContextPath.join(prefix, $0.dockerfile) }
    let first = paths[0]
    if paths.count > 1 { return "\(first) and \(paths.count - 1) more" }
    let isPlain = ContextPath.lastComponent(first).lowercased() == "dockerfile" && ContextPath.parent(first) != "."
    return isPlain ? ContextPath.parent(first) : first
  }

  /// The whole mail.
  ///
  /// Lines with carriage returns travel as quoted-printable, since mail would change them.
  var text: String {
    let what = entries.allSatisfy { $0.summary.outcome == "rebased" } ? "run on a runtime image" : "split into stages"
    let head = [
      "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001", "From: Jettison <jettison@localhost>",
      "Subject: [PATCH] \(title.printable): \(what)", "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8",
    ]
    let body = message + "---\n" + UnifiedDiff.lines(changes).joined() + "-- \nJettison\n"
    let isPlain = !body.utf8.contains(0x0D) && body.split(separator: "\n").allSatisfy { $0.utf8.count < 990 }
    let encoding = "Content-Transfer-Encoding: \(isPlain ? "8bit" : "quoted-printable")"
    return (head + [encoding, "", ""]).joined(separator: "\n") + (isPlain ? body : Self.quotedPrintable(body))
  }

  // MARK: The message

  private var message: String {
    entries.map { entry in
      var paragraphs = [[headline(entry)]]
      func add(_ title: String, _ lines: [String]) {
        if !lines.isEmpty { paragraphs.append([title] + lines.map { "- " + $0.printable }) }
      }
      let original = entry.explanation?.original ?? []
      let made = (entry.explanation?.new ?? []).filter { $0.because != nil && ($0.from == nil || $0.pass != nil) }
      add(
        "Only in the builder now:",
        original.filter { $0.place == .builder && !$0.text.uppercased().hasPrefix("FROM") }.map {
          "\($0.text): \($0.because)"
        })
      add("New lines:", made.map { "\($0.text): \($0.because ?? "")" })
      add("Taken for granted:", entry.summary.assumptions.map { "\($0.summary) [\($0.id)]" })
      add("To know:", entry.summary.findings.map { "\($0.message) [\($0.id)]" })
      return paragraphs.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }.joined(separator: "\n")
  }

  private func headline(_ entry: BatchEntry) -> String {
    let base = entry.summary.finalBase.map { "runs on \($0)" } ?? "is smaller"
    let sizes = entry.summary.estimate.map {
      ", an estimated \(TextReport.size($0.after)) instead of \(TextReport.size($0.before))"
    }
    return "\(ContextPath.join(prefix, entry.dockerfile).printable) \(base)\(sizes ?? "")."
  }

  // MARK: Encoding

  /// Source: RFC 2045, section 6.7.
  private static func quotedPrintable(_ text: String) -> String {
    var result = ""
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if !result.isEmpty { result += "\n" }
      var width = 0
      for (index, byte) in line.enumerated() {
        let isLast = index == line.count - 1
        let isPlain =
          (33...126).contains(byte) && byte != UInt8(ascii: "=") || (byte == 0x20 || byte == 0x09) && !isLast
        let piece = isPlain ? String(UnicodeScalar(byte)) : "=" + hexadecimal(byte)
        if width + piece.utf8.count > 75 {
          result += "=\n"
          width = 0
        }
        result += piece
        width += piece.utf8.count
      }
    }
    return result
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16, uppercase: true)
    return text.utf8.count == 1 ? "0" + text : text
  }
}
