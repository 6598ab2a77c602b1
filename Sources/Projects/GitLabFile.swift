import ContextFiles
import Yams

/// Reads the image builds in the scripts of a GitLab pipeline.
///
/// Source of the format: https://docs.gitlab.com/ci/yaml/
enum GitLabFile {
  static func builds(_ text: String, file: String) -> Result<[ImageBuild], ProjectProblemError> {
    YAMLDocuments.parse(text, file: file).map { documents in
      // Inputs of a component stand in a document of their own, before the jobs.
      guard let root = documents.last?.merged else { return [] }
      let shared = variables(root["variables"])
      return root.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.flatMap { name -> [ImageBuild] in
        // What starts with a dot is a piece for other jobs.
        guard !name.hasPrefix("."), root[name]?.mapping != nil else { return [] }
        let job = job(name, in: root, seen: [])
        let script = lines(job["before_script"]) + lines(job["script"])
        guard !script.isEmpty else { return [] }
        let known = shared.merging(variables(job["variables"])) { _, own in own }
        return combinations(job["parallel"]?.mapping?["matrix"]).flatMap { row in
          builds(of: name, script.joined(separator: "\n"), known.merging(row) { _, own in own })
        }
      }
    }
  }

  private static func builds(of job: String, _ script: String, _ known: [String: String]) -> [ImageBuild] {
    var variables = known
    variables["CI_PROJECT_DIR"] = BuildCommand.root
    // A variable may be made of others.
    for _ in 0..<5 {
      variables = variables.mapValues { value in
        guard value.contains("$") else { return value }
        var text = value
        for (name, other) in variables where !other.contains("$") {
          text = text.replacing("${\(name)}", with: other).replacing("$\(name)", with: other)
        }
        return text
      }
    }
    variables = variables.filter { !$0.value.contains("$") }
    return BuildCommand(directory: ".", variables: variables).builds(in: script).map { build in
      ImageBuild(
        tool: .gitlab, name: job, context: build.context, dockerfile: build.dockerfile, target: build.target,
        arguments: build.arguments)
    }
  }

  /// A job's keys with those of the jobs it extends; its own win.
  private static func job(_ name: String, in root: [String: Node], seen: Set<String>) -> [String: Node] {
    guard let own = root[name]?.merged, !seen.contains(name) else { return [:] }
    let parents = own["extends"].map { $0.string.map { [$0] } ?? $0.sequence?.compactMap(\.string) ?? [] } ?? []
    var result: [String: Node] = [:]
    for parent in parents {
      result.merge(job(parent, in: root, seen: seen.union([name]))) { _, last in last }
    }
    return result.merging(own) { _, last in last }
  }

  private static func lines(_ node: Node?) -> [String] {
    guard let node else { return [] }
    if let text = node.string { return [text] }
    return node.sequence?.flatMap { lines($0) } ?? []
  }

  private static func variables(_ node: Node?) -> [String: String] {
    (node?.merged ?? [:]).compactMapValues { $0.scalar?.string ?? $0.mapping?["value"]?.scalar?.string }
  }

  /// The rows of `parallel: matrix`, each a list of names with one value or several.
  private static func combinations(_ matrix: Node?) -> [[String: String]] {
    guard let rows = matrix?.sequence else { return [[:]] }
    return rows.flatMap { row -> [[String: String]] in
      let values = (row.mapping ?? [:]).compactMap { name, value -> (String, [String])? in
        name.string.map { ($0, value.sequence?.compactMap { $0.scalar?.string } ?? [value.scalar?.string ?? ""]) }
      }
      return Matrix.combinations(of: values)
    }
  }
}

/// Every combination of some names' values.
enum Matrix {
  /// More than this is no list of images.
  private static let most = 1_000

  static func combinations(of values: [(name: String, values: [String])]) -> [[String: String]] {
    var result: [[String: String]] = [[:]]
    for (name, values) in values {
      result = result.flatMap { known in values.map { known.merging([name: $0]) { _, last in last } } }
      if result.count > most { return [] }
    }
    return result
  }
}
