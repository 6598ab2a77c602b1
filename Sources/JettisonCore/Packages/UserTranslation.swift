import ShellSyntax

/// Says in one system's words what another system's words for making users mean.
///
/// Only where the numbers are the same on both: the first user a Debian image makes is 1000, the first system user 999.
/// Sources: useradd(8), adduser of BusyBox.
struct UserTranslation {
  let from: PackageManager
  let to: PackageManager

  /// Whether the words differ at all.
  var isNeeded: Bool { from != to }

  /// The commands for the other system; nil when there is no exact counterpart.
  func translate(_ effect: CommandEffect, text: String) -> [String]? {
    guard isNeeded else { return [text] }
    guard from == .apt, to == .apk, let command = effect.command else { return nil }
    var words = command.words.map(\.literal)
    guard !words.contains(where: { $0 == nil }) else { return nil }
    let program = words.removeFirst() ?? ""
    let arguments = words.compactMap { $0 }
    switch program {
    case "useradd": return useradd(arguments)
    case "groupadd": return groupadd(arguments)
    default: return nil
    }
  }

  private func useradd(_ arguments: [String]) -> [String]? {
    let options = Options(
      arguments,
      valued: [
        "-u": "u", "--uid": "u", "-g": "g", "--gid": "g", "-d": "d", "--home-dir": "d", "--home": "d", "-s": "s",
        "--shell": "s", "-c": "c", "--comment": "c",
      ],
      flags: [
        "-m": "m", "--create-home": "m", "-M": "M", "--no-create-home": "M", "-r": "r", "--system": "r", "-U": "U",
        "--user-group": "U", "-l": "l", "--no-log-init": "l",
      ])
    guard let name = options.name else { return nil }
    let id = options.values["u"] ?? (options.flags.contains("r") ? "999" : "1000")
    guard Self.isFreeOnAlpine(id) else { return nil }
    var parts = ["adduser", "-D"]
    if !options.flags.contains("m") { parts.append("-H") }
    parts += ["-u", id]
    var lines: [String] = []
    if let group = options.values["g"] {
      parts += ["-G", group]
    } else {
      lines.append("addgroup -g \(id) \(name)")
      parts += ["-G", name]
    }
    if let home = options.values["d"] { parts += ["-h", home] }
    if let shell = options.values["s"] {
      guard shell != "/bin/bash" else { return nil }
      parts += ["-s", shell]
    }
    return lines + [(parts + [name]).joined(separator: " ")]
  }

  /// Whether no user or group of Alpine's base has a number; 999 is its group `ping`.
  private static func isFreeOnAlpine(_ id: String) -> Bool {
    guard let number = Int(id) else { return false }
    return number >= 500 && number != 999 && number < 65_533
  }

  private func groupadd(_ arguments: [String]) -> [String]? {
    let options = Options(arguments, valued: ["-g": "g", "--gid": "g"], flags: ["-r": "r", "--system": "r"])
    guard let name = options.name else { return nil }
    let id = options.values["g"] ?? (options.flags.contains("r") ? "999" : "1000")
    guard Self.isFreeOnAlpine(id) else { return nil }
    return ["addgroup -g \(id) \(name)"]
  }

  /// Options of a command line whose every word must be known.
  private struct Options {
    var values: [String: String] = [:]
    var flags: Set<String> = []
    var name: String?

    init(_ arguments: [String], valued: [String: String], flags known: [String: String]) {
      var index = 0
      var isUnderstood = true
      var names: [String] = []
      while index < arguments.count {
        let word = arguments[index]
        index += 1
        if let key = valued[word] {
          if index < arguments.count { values[key] = arguments[index] }
          index += 1
        } else if let equals = word.firstIndex(of: "="), let key = valued[String(word[..<equals])] {
          values[key] = String(word[word.index(after: equals)...])
        } else if let key = known[word] {
          flags.insert(key)
        } else if word.hasPrefix("-"), !word.hasPrefix("--"), word.dropFirst().allSatisfy({ known["-\($0)"] != nil }) {
          for letter in word.dropFirst() { flags.insert(known["-\(letter)"] ?? "") }
        } else if word.hasPrefix("-") {
          isUnderstood = false
        } else {
          names.append(word)
        }
      }
      name = isUnderstood && names.count == 1 ? names[0] : nil
    }
  }
}
