import ContextFiles
import DockerfileSyntax

/// What a Dockerfile takes from its build context, by name.
public struct CopySources: Sendable, Hashable {
  /// Paths without wildcards, relative to the context.
  public var literals: [String] = []
  /// Paths with wildcards.
  public var patterns: [String] = []
  /// Whether the whole context is copied.
  public var takesAll = false
  /// Whether the file can be read whole, so that it takes nothing else.
  public var isComplete = true

  /// Reads the sources of COPY, ADD and `RUN --mount=type=bind`; a variable counts where the file itself sets it.
  public init(of file: Dockerfile) {
    isComplete = file.canBeAnalysed
    var values = file.globalArguments.compactMapValues { $0 }
    func expanded(_ text: String) -> String? {
      Expansion.expand(text, escape: file.escape) { [values] in values[$0] }
    }
    for instruction in file.instructions {
      switch instruction.keyword {
      case .arg:
        for (name, value) in instruction.declarations { if let value { values[name] = expanded(value) } }
      case .env:
        for pair in instruction.pairs { values[pair.key] = expanded(pair.value) }
      case .copy, .add:
        guard let copy = Copy(instruction), copy.from == nil else { continue }
        for source in copy.sources where !(copy.isAdd && Self.isRemote(source)) {
          add(source, escape: file.escape, values)
        }
      case .run:
        for flag in instruction.flags where flag.name == "mount" { addMount(flag.value ?? "") }
      default: break
      }
    }
  }

  private static func isRemote(_ source: String) -> Bool { source.contains("://") || source.hasPrefix("git@") }

  private mutating func add(_ source: String, escape: UInt8, _ values: [String: String]) {
    guard Expansion.variables(in: source, escape: escape).allSatisfy({ values[$0] != nil }),
      let text = Expansion.expand(source, escape: escape, value: { values[$0] })
    else { return }
    // Docker reads every source from the context's root and never above it.
    let path = String(ContextPath.clean("/" + text).dropFirst())
    if path.isEmpty {
      takesAll = true
    } else if path.contains(where: { "*?[".contains($0) }) {
      patterns.append(path)
    } else {
      literals.append(path)
    }
  }

  private mutating func addMount(_ value: String) {
    let fields = value.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    func field(_ names: Set<String>) -> String? { fields.first { $0.count == 2 && names.contains($0[0]) }?[1] }
    guard (field(["type"]) ?? "bind") == "bind", field(["from"]) == nil else { return }
    add(field(["source", "src"]) ?? ".", escape: UInt8(ascii: "\\"), [:])
  }
}
