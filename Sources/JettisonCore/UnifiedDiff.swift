/// A unified diff that `git apply` accepts.
public enum UnifiedDiff {
  /// One file before and after; nil stands for a file that is not there.
  public struct Change: Sendable, Hashable {
    /// The path, slash-separated, as `git apply` should see it.
    public var path: String
    /// The old bytes.
    public var old: [UInt8]?
    /// The new bytes.
    public var new: [UInt8]?

    /// Makes a change.
    public init(path: String, old: [UInt8]?, new: [UInt8]?) {
      self.path = path
      self.old = old
      self.new = new
    }
  }

  /// The diff's lines of several changes, each with its line ending; empty when nothing changed.
  public static func lines(_ changes: [Change], context: Int = 3) -> [String] {
    changes.flatMap { lines($0, context: context) }
  }

  private static func lines(_ change: Change, context: Int) -> [String] {
    guard change.old != change.new else { return [] }
    let old = split(change.old ?? [])
    let new = split(change.new ?? [])
    var output = ["diff --git \(quote("a/" + change.path)) \(quote("b/" + change.path))\n"]
    if change.old == nil { output.append("new file mode 100644\n") }
    output.append("--- \(change.old == nil ? "/dev/null" : quote("a/" + change.path))\n")
    output.append("+++ \(change.new == nil ? "/dev/null" : quote("b/" + change.path))\n")
    for hunk in hunks(edits(old, new), context: context) { output += render(hunk) }
    return output
  }

  /// Lines with their endings, as bytes turned to text one by one, so that nothing is lost.
  private static func split(_ bytes: [UInt8]) -> [String] {
    var lines: [String] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      lines.append(String(decoding: bytes[start...index], as: UTF8.self))
      start = index + 1
    }
    if start < bytes.count { lines.append(String(decoding: bytes[start...], as: UTF8.self)) }
    return lines
  }

  private enum Edit {
    case keep(String)
    case remove(String)
    case add(String)
  }

  private static func edits(_ old: [String], _ new: [String]) -> [Edit] {
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var edits: [Edit] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, removed.contains(left) {
        edits.append(.remove(old[left]))
        left += 1
      } else if right < new.count, inserted.contains(right) {
        edits.append(.add(new[right]))
        right += 1
      } else {
        edits.append(.keep(old[left]))
        left += 1
        right += 1
      }
    }
    return edits
  }

  private struct Hunk {
    var oldStart: Int
    var newStart: Int
    var edits: [Edit]
  }

  private static func hunks(_ edits: [Edit], context: Int) -> [Hunk] {
    let changed = edits.indices.filter { if case .keep = edits[$0] { false } else { true } }
    var groups: [ClosedRange<Int>] = []
    for index in changed {
      let range = max(index - context, 0)...min(index + context, edits.count - 1)
      if let last = groups.last, range.lowerBound <= last.upperBound + 1 {
        groups[groups.count - 1] = last.lowerBound...range.upperBound
      } else {
        groups.append(range)
      }
    }
    return groups.map { group in
      var (oldStart, newStart) = (1, 1)
      for edit in edits[..<group.lowerBound] {
        if case .add = edit {} else { oldStart += 1 }
        if case .remove = edit {} else { newStart += 1 }
      }
      return Hunk(oldStart: oldStart, newStart: newStart, edits: Array(edits[group]))
    }
  }

  private static func render(_ hunk: Hunk) -> [String] {
    var (oldCount, newCount) = (0, 0)
    var body: [String] = []
    for edit in hunk.edits {
      let (mark, text): (String, String)
      switch edit {
      case .keep(let line): (mark, text) = (" ", line)
      case .remove(let line): (mark, text) = ("-", line)
      case .add(let line): (mark, text) = ("+", line)
      }
      if mark != "+" { oldCount += 1 }
      if mark != "-" { newCount += 1 }
      if text.utf8.last == 0x0A {
        body.append(mark + text)
      } else {
        body.append(mark + text + "\n\\ No newline at end of file\n")
      }
    }
    func range(_ start: Int, _ count: Int) -> String {
      count == 1 ? "\(start)" : "\(count == 0 ? start - 1 : start),\(count)"
    }
    return ["@@ -\(range(hunk.oldStart, oldCount)) +\(range(hunk.newStart, newCount)) @@\n"] + body
  }

  /// A path as git writes it: quoted when it holds anything but plain characters.
  private static func quote(_ path: String) -> String {
    guard path.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 >= 0x7F }) else { return path }
    var result = "\""
    for byte in path.utf8 {
      switch byte {
      case 0x22, 0x5C: result += "\\" + String(UnicodeScalar(byte))
      case 0x20..<0x7F: result += String(UnicodeScalar(byte))
      default:
        let digits = String(byte, radix: 8)
        result += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }
    }
    return result + "\""
  }
}
