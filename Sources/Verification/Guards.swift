/// The limits that a team sets for an image.
public struct Guards: Sendable, Equatable {
  /// The most bytes the new image may have.
  public var maximumSize: ByteCount?
  /// The least it must save.
  public var minimumSaving: Saving?

  /// Makes no guards.
  public init() {}

  /// The guards that two sizes miss.
  func missed(before: Int64, after: Int64) -> [Problem] {
    var problems: [Problem] = []
    if let maximumSize, after > maximumSize.bytes {
      problems.append(
        Problem(.guarded, "the new image has \(ByteCount(after).text), more than --max-size \(maximumSize.text)"))
    }
    switch minimumSaving {
    case nil: break
    case .bytes(let least)?:
      if before - after < least.bytes {
        problems.append(
          Problem(
            .guarded, "the new image saves \(ByteCount(before - after).text), less than --min-saving \(least.text)"))
      }
    case .percent(let least)?:
      let saved = before == 0 ? 0 : Double(before - after) / Double(before) * 100
      if saved < least {
        problems.append(
          Problem(
            .guarded,
            "the new image saves \(ByteCount.decimal(saved)) %, less than --min-saving \(ByteCount.decimal(least))%"))
      }
    }
    return problems
  }
}

/// A number of bytes as people write it: `120MB`, `1.5 GB`, `300MiB`.
public struct ByteCount: Sendable, Equatable {
  /// The bytes.
  public var bytes: Int64

  /// Makes a number of bytes.
  public init(_ bytes: Int64) { self.bytes = bytes }

  private static let units: [(name: String, bytes: Double)] = [
    ("kib", 1024), ("mib", 1_048_576), ("gib", 1_073_741_824), ("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("k", 1e3),
    ("m", 1e6), ("g", 1e9), ("b", 1),
  ]

  /// Reads a number with a unit; nil for anything else.
  public init?(_ text: String) {
    let text = text.lowercased().filter { $0 != " " }
    let unit = Self.units.first { text.hasSuffix($0.name) }
    let digits = text.dropLast(unit?.name.count ?? 0)
    guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) || $0 == "." }), let number = Double(digits),
      number * (unit?.bytes ?? 1) < 1e18
    else { return nil }
    bytes = Int64(number * (unit?.bytes ?? 1))
  }

  /// The number as a person reads it, in millions of bytes.
  public var text: String { "\(Self.decimal(Double(bytes) / 1e6)) MB" }

  /// A number with one digit behind the point.
  public static func decimal(_ number: Double) -> String {
    let tenths = Int64((number * 10).rounded())
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}

/// What an image must save at least: `30%` or `100MB`.
public enum Saving: Sendable, Equatable {
  case percent(Double)
  case bytes(ByteCount)

  /// Reads a percentage or a number of bytes; nil for anything else.
  public init?(_ text: String) {
    guard text.hasSuffix("%") else {
      guard let count = ByteCount(text) else { return nil }
      self = .bytes(count)
      return
    }
    let digits = text.dropLast().filter { $0 != " " }
    guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) || $0 == "." }), let number = Double(digits),
      number <= 100
    else { return nil }
    self = .percent(number)
  }
}

/// Splits the arguments of a run as a shell would, quotes included and nothing expanded.
public enum ArgumentWords {
  /// The words of a text; nil where a quote is not closed.
  public static func split(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil, !isEscaped else { return nil }
    return words + (word.map { [$0] } ?? [])
  }
}
