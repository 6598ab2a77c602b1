/// Standard output for data and standard error for prose.
enum Output {
  /// Writes data.
  static func print(_ text: String, terminator: String = "\n") { write(text + terminator, 1) }

  /// Writes prose.
  static func note(_ text: String, terminator: String = "\n") { write(text + terminator, 2) }

  private static func write(_ text: String, _ descriptor: Int32) {
    // A reader that went away, as `head` does, ends the output quietly.
    _ = Disk.writeAll(Array(text.utf8), to: descriptor)
  }
}

/// Colours of a terminal.
struct Palette {
  /// Whether colours are used.
  var isOn: Bool

  /// Colours for a descriptor, by the person's choice.
  init(_ choice: ColorChoice, descriptor: Int32) {
    switch choice {
    case .always: isOn = true
    case .never: isOn = false
    case .auto:
      isOn =
        Disk.isTerminal(descriptor) && (Disk.environment("NO_COLOR") ?? "").isEmpty
        && Disk.environment("TERM") != "dumb"
    }
  }

  func red(_ text: String) -> String { paint(text, "31") }
  func green(_ text: String) -> String { paint(text, "32") }
  func cyan(_ text: String) -> String { paint(text, "36") }
  func bold(_ text: String) -> String { paint(text, "1") }
  func dim(_ text: String) -> String { paint(text, "2") }

  private func paint(_ text: String, _ code: String) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}

/// When to use colours.
enum ColorChoice: String, CaseIterable {
  case auto, always, never
}
