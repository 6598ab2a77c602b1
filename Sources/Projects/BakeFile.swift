import ContextFiles

/// The targets of a bake file, in its own language or in JSON.
///
/// Source of the format: https://docs.docker.com/build/bake/reference/
struct BakeFile: Sendable, Hashable {
  private var targets: [String: [String: HCLValue]] = [:]
  private var variables: [String: HCLValue] = [:]
  private var grouped: Set<String> = []

  static func parse(_ text: String, file: String) -> Result<BakeFile, ProjectProblemError> {
    if file.lowercased().hasSuffix(".json") { return JSONText.parse(text, file: file).map(BakeFile.init) }
    return HCLBody.parse(text, file: file).map(BakeFile.init)
  }

  private init(_ body: HCLBody) {
    variables = body.attributes
    for block in body.blocks {
      guard let name = block.labels.first else { continue }
      switch block.type {
      case "target": targets[name] = block.body.attributes
      case "variable": variables[name] = block.body.attributes["default"]
      case "group":
        grouped.formUnion(block.body.attributes["targets"]?.elements.compactMap { $0.text { _ in nil } } ?? [])
      default: break
      }
    }
  }

  private init(_ root: JSONText) {
    for target in root["target"]?.members ?? [] {
      targets[target.name] = Dictionary(target.value.members.map { ($0.name, HCLValue($0.value)) }) { _, last in last }
    }
    for variable in root["variable"]?.members ?? [] {
      variables[variable.name] = variable.value["default"].map(HCLValue.init)
    }
    for group in root["group"]?.members ?? [] { grouped.formUnion(group.value["targets"]?.strings ?? []) }
  }

  /// What the targets build.
  ///
  /// Bake tells paths from where it is called, which is the file's folder or the repository's root.
  func builds(in folder: String) -> [ImageBuild] {
    let inherited = Set(targets.values.flatMap { $0["inherits"]?.elements ?? [] }.compactMap { text($0, [:]) })
    let places = folder == "." ? ["."] : [folder, "."]
    return targets.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.flatMap { name -> [ImageBuild] in
      // A target that others build upon and nobody asks for is no image of its own.
      if inherited.contains(name), !grouped.contains(name) { return [] }
      let target = attributes(of: name, seen: [])
      if target["dockerfile-inline"] != nil { return [] }
      return combinations(of: target["matrix"]).compactMap { build(name, target, $0, places) }
    }
  }

  private func build(
    _ name: String, _ target: [String: HCLValue], _ bindings: [String: String], _ places: [String]
  ) -> ImageBuild? {
    let folder = target["context"].map { text($0, bindings) } ?? "."
    let file = target["dockerfile"].map { text($0, bindings) } ?? "Dockerfile"
    guard let folder, let file, !ImageBuild.isRemote(folder) else { return nil }
    return ImageBuild(
      tool: .bake, name: target["name"].flatMap { text($0, bindings) } ?? name, context: folder,
      dockerfile: ContextPath.join(folder, file), places: places,
      target: target["target"].flatMap { text($0, bindings) },
      arguments: target["args"]?.members.compactMapValues { text($0, bindings) } ?? [:])
  }

  /// A target's attributes with what it inherits; maps are merged, its own values win.
  private func attributes(of name: String, seen: Set<String>) -> [String: HCLValue] {
    guard let own = targets[name], !seen.contains(name) else { return [:] }
    var result: [String: HCLValue] = [:]
    for parent in own["inherits"]?.elements.compactMap({ text($0, [:]) }) ?? [] {
      result.merge(attributes(of: parent, seen: seen.union([name])), uniquingKeysWith: Self.merged)
    }
    result.merge(own, uniquingKeysWith: Self.merged)
    return result
  }

  private static func merged(_ old: HCLValue, _ new: HCLValue) -> HCLValue {
    guard case .object(let below) = old, case .object(let above) = new else { return new }
    return .object(below.merging(above) { _, last in last })
  }

  /// What a matrix gives each of its names, in every combination.
  private func combinations(of matrix: HCLValue?) -> [[String: String]] {
    var result: [[String: String]] = [[:]]
    for (name, values) in (matrix?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
      result = result.flatMap { known in
        values.elements.map { value in
          var next = known
          next[name] = text(value, known)
          for (field, member) in value.members { next["\(name).\(field)"] = text(member, known) }
          return next
        }
      }
      if result.count > 1_000 { return [] }
    }
    return result
  }

  private func text(_ value: HCLValue, _ bindings: [String: String], depth: Int = 0) -> String? {
    value.text { name in
      bindings[name] ?? (depth < 10 ? variables[name].flatMap { text($0, bindings, depth: depth + 1) } : nil)
    }
  }
}

extension HCLValue {
  fileprivate init(_ json: JSONText) {
    switch json {
    case .string(let text): self = .template(text)
    case .number(let text): self = .template([.literal(text)])
    case .bool(let value): self = .template([.literal(value ? "true" : "false")])
    case .array(let elements): self = .list(elements.map(HCLValue.init))
    case .object(let members):
      self = .object(Dictionary(members.map { ($0.name, HCLValue($0.value)) }) { _, last in last })
    case .null: self = .opaque
    }
  }
}
