/// What Docker's typed instructions refuse, one layer above the parser.
///
/// Source: `instructions/parse.go` and `instructions/bflag.go` of BuildKit.
extension Dockerfile {
  /// The first thing the typed instructions refuse, nil when they accept the file.
  public var instructionRefusal: InstructionRefusal? {
    let table = LineTable(bytes)
    var offset = 0
    var hasStage = false
    for item in items {
      let length = item.tokens.reduce(0) { $0 + $1.bytes.count }
      defer { offset += length }
      switch item {
      case .unknown(let instruction):
        return InstructionRefusal(
          line: table.position(of: offset).line, message: "unknown instruction: \(instruction.keywordText)")
      case .instruction(let instruction):
        let line = table.position(of: offset).line
        if let message = instruction.refusal { return InstructionRefusal(line: line, message: message) }
        if instruction.keyword == .from { hasStage = true }
        if !hasStage, instruction.keyword != .arg {
          return InstructionRefusal(line: line, message: "no build stage in current context")
        }
      default: break
      }
    }
    return nil
  }
}

/// What the typed instructions refuse, with its line.
public struct InstructionRefusal: Sendable, Hashable {
  /// The line, counted from 1.
  public var line: Int
  /// What is wrong.
  public var message: String
}

extension Instruction {
  /// The keyword as written, or the word that stands in its place.
  public var keywordText: String { String(decoding: tokens.bytes { $0 == .keyword }, as: UTF8.self) }

  /// What Docker's typed instruction refuses here, nil when it accepts it.
  public var refusal: String? {
    guard let keyword else { return "unknown instruction: \(keywordText)" }
    return flagRefusal(keyword) ?? argumentRefusal(keyword)
  }

  // MARK: Flags

  private static let booleans: Set<String> = ["link", "parents", "keep-git-dir", "unpack"]
  private static let repeatable: Set<String> = ["mount", "exclude", "device"]
  private static let known: [Keyword: Set<String>] = [
    .from: ["platform"], .copy: ["from", "chown", "chmod", "link", "parents", "exclude"],
    .add: ["chown", "chmod", "link", "keep-git-dir", "checksum", "unpack", "exclude"],
    .run: ["mount", "network", "security", "device"],
    .healthcheck: ["interval", "timeout", "start-period", "start-interval", "retries"],
  ]

  private func flagRefusal(_ keyword: Keyword) -> String? {
    if keyword == .arg || keyword == .stopsignal { return nil }
    if keyword == .healthcheck, healthcheckKind == "NONE" { return nil }
    var seen: Set<String> = []
    for flag in flags {
      guard Self.known[keyword]?.contains(flag.name) == true else { return "unknown flag: --\(flag.name)" }
      if !seen.insert(flag.name).inserted, !Self.repeatable.contains(flag.name) {
        return "duplicate flag specified: --\(flag.name)"
      }
      if Self.booleans.contains(flag.name) {
        if let value = flag.value?.lowercased(), value != "true", value != "false" {
          return "expecting boolean value for flag --\(flag.name), not: \(flag.value ?? "")"
        }
      } else if flag.value == nil {
        return "missing a value on flag: --\(flag.name)"
      }
      if let message = valueRefusal(flag) { return message }
    }
    return nil
  }

  private func valueRefusal(_ flag: BuilderFlag) -> String? {
    let value = flag.value ?? ""
    switch flag.name {
    case "network": return ["default", "none", "host"].contains(value) ? nil : "invalid network mode \"\(value)\""
    case "security": return ["sandbox", "insecure"].contains(value) ? nil : "security \"\(value)\" is not valid"
    case "mount":
      guard let fields = Mount.fields(of: value) else { return "failed to parse mount \"\(value)\"" }
      // A dollar at the very end expands nothing.
      let isVariable = fields.contains { field in
        let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count > 1 && parts[0].lowercased() == "from" && parts[1].dropLast().contains("$")
      }
      return isVariable ? "'from' doesn't support variable expansion, define alias stage instead" : nil
    case "device": return deviceRefusal(value)
    case "interval", "timeout", "start-period", "start-interval":
      if value.isEmpty { return nil }
      return GoDuration.isValid(value) ? nil : "invalid duration \"\(value)\" for --\(flag.name)"
    case "retries":
      return value.isEmpty || (Int32(value).map { $0 >= 0 } ?? false)
        ? nil : "--retries must be a number that is not negative"
    default: return nil
    }
  }

  /// What is wrong with `--device=name=…,required=…`: the first field without a key of its own is the name.
  private func deviceRefusal(_ value: String) -> String? {
    guard let fields = Mount.fields(of: value) else { return "failed to parse device \"\(value)\"" }
    var name = ""
    for field in fields {
      let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      switch (parts[0].lowercased(), parts.count > 1 ? parts[1] : nil) {
      case ("required", nil): continue
      case ("required", let flag?):
        guard ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"].contains(flag) else {
          return "invalid value for required: \(flag)"
        }
      case ("name", let value?):
        guard name.isEmpty else { return "device name already set to \(name)" }
        name = value
      default:
        guard name.isEmpty else { return "unexpected field '\(field)' in device \"\(value)\"" }
        name = field
      }
    }
    return nil
  }

  // MARK: Arguments

  private var healthcheckKind: String {
    String(decoding: healthcheckParts.kind.map(\.uppercased), as: UTF8.self)
  }

  private func argumentRefusal(_ keyword: Keyword) -> String? {
    let name = keyword.rawValue
    switch keyword {
    case .from: return fromRefusal
    case .env, .label:
      if argumentBytes.isEmpty { return "\(name) requires at least one argument" }
      return pairs.contains { $0.key.isEmpty } ? "\(name) names can not be blank" : nil
    case .maintainer, .workdir, .user, .stopsignal:
      return argumentBytes.isEmpty ? "\(name) requires exactly one argument" : nil
    case .add, .copy: return copyRefusal
    case .arg:
      if words.isEmpty { return "ARG requires at least one argument" }
      return declarations.contains { $0.name.isEmpty } ? "ARG names can not be blank" : nil
    case .expose: return words.isEmpty ? "EXPOSE requires at least one argument" : nil
    case .volume:
      if words.isEmpty { return "VOLUME requires at least one argument" }
      return words.contains { $0.allSatisfy(\.isWhitespace) } ? "VOLUME specified can not be an empty string" : nil
    case .shell:
      guard case .exec(let words) = command else {
        return argumentBytes.isEmpty
          ? "SHELL requires at least one argument" : "SHELL requires the arguments to be in JSON form"
      }
      return words.isEmpty ? "SHELL requires at least one argument" : nil
    case .healthcheck: return healthcheckRefusal
    case .onbuild: return onbuildRefusal
    case .run, .cmd, .entrypoint: return nil
    }
  }

  private var fromRefusal: String? {
    let words = self.words
    guard words.count == 1 || words.count == 3 else { return "FROM requires either one or three arguments" }
    guard words.count == 3 else { return nil }
    guard words[1].uppercased() == "AS" else { return "second argument to FROM should be \"AS\", got \"\(words[1])\"" }
    let stage = Array(From.stageName(words[2]).utf8)
    let isValid =
      stage.first.map { $0 >= 0x61 && $0 <= 0x7A } ?? false
      && stage.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || $0.isDigit || "-_.".utf8.contains($0) }
    return isValid
      ? nil : "invalid name for build stage: \"\(words[2])\", name can't start with a number or contain symbols"
  }

  private var copyRefusal: String? {
    let name = keyword?.rawValue ?? ""
    let words = self.words
    if words.isEmpty { return "\(name) requires at least one argument" }
    if words.count == 1 {
      return "\(name) requires at least two arguments, but only one was provided. Destination could not be determined"
    }
    let isHeredoc = (words.last.map { (try? HeredocWord(Array($0.utf8))) ?? nil } ?? nil) != nil
    return isHeredoc ? "\(name) cannot accept a heredoc as a destination" : nil
  }

  private var healthcheckRefusal: String? {
    let kind = healthcheckKind
    let isBare =
      switch healthcheckForm {
      case .exec(let words): words.isEmpty
      case .shell(let text): text.isEmpty
      }
    switch kind {
    case "": return "HEALTHCHECK requires at least one argument"
    case "NONE": return isBare ? nil : "HEALTHCHECK NONE takes no arguments"
    case "CMD": return isBare ? "Missing command after HEALTHCHECK CMD" : nil
    default: return "Unknown type \"\(kind)\" in HEALTHCHECK (try CMD)"
    }
  }

  private var onbuildRefusal: String? {
    if argumentBytes.isEmpty { return "ONBUILD requires at least one argument" }
    switch Keyword(argumentBytes.prefix { !$0.isWordBlank }) {
    case .onbuild?: return "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"
    case .from?: return "FROM isn't allowed as an ONBUILD trigger"
    case .maintainer?: return "MAINTAINER isn't allowed as an ONBUILD trigger"
    default: return nil
    }
  }
}

/// Go's durations, such as `1m30s`, as health checks take them: none, or at least a millisecond.
private enum GoDuration {
  private static let units: [(name: String, nanoseconds: UInt64)] = [
    ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000),
    ("m", 60_000_000_000), ("h", 3_600_000_000_000),
  ]

  static func isValid(_ text: String) -> Bool {
    var rest = text[...]
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest = rest.dropFirst() }
    if rest == "0" { return true }
    guard !rest.isEmpty else { return false }
    var total: UInt64 = 0
    while !rest.isEmpty {
      guard let part = nanoseconds(&rest) else { return false }
      let (sum, overflows) = total.addingReportingOverflow(part)
      guard !overflows, sum <= UInt64(Int64.max) else { return false }
      total = sum
    }
    return total == 0 || (!isNegative && total >= 1_000_000)
  }

  /// One number with its unit, whole nanoseconds; nil for what Go does not read, or what overflows.
  private static func nanoseconds(_ rest: inout Substring) -> UInt64? {
    let isDigit = { (character: Character) in "0123456789".contains(character) }
    let whole = rest.prefix(while: isDigit)
    rest = rest.dropFirst(whole.count)
    var fraction: Substring = ""
    if rest.first == "." {
      fraction = rest.dropFirst().prefix(while: isDigit)
      rest = rest.dropFirst(fraction.count + 1)
    }
    guard !(whole.isEmpty && fraction.isEmpty), let value = whole.isEmpty ? 0 : UInt64(whole) else { return nil }
    let name = rest.prefix { $0 != "." && !isDigit($0) }
    guard let unit = units.first(where: { $0.name == name })?.nanoseconds else { return nil }
    rest = rest.dropFirst(name.count)
    let (product, overflows) = value.multipliedReportingOverflow(by: unit)
    guard !overflows, product <= UInt64(Int64.max) else { return nil }
    let part = fraction.isEmpty ? 0 : UInt64((Double("0." + fraction) ?? 0) * Double(unit))
    let (sum, sumOverflows) = product.addingReportingOverflow(part)
    return sumOverflows ? nil : sum
  }
}
