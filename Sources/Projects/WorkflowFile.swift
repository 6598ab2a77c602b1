import ContextFiles
import Yams

/// Reads the image builds of a GitHub Actions workflow: steps with `docker/build-push-action`, and `docker build` in `run`.
///
/// Source of the format: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions
enum WorkflowFile {
  static func builds(_ text: String, file: String) -> Result<[ImageBuild], ProjectProblemError> {
    YAMLDocuments.parse(text, file: file).map { documents in
      guard let root = documents.first?.merged, let jobs = root["jobs"]?.mapping else { return [] }
      return jobs.flatMap { name, node -> [ImageBuild] in
        guard let job = node.merged, let steps = job["steps"]?.sequence else { return [] }
        let values = environment(root["env"]).merging(environment(job["env"])) { _, own in own }
        let folder = directory(job) ?? directory(root) ?? "."
        return rows(of: job["strategy"]?.mapping?["matrix"]).flatMap { row in
          let known = values.merging(row) { _, own in own }
          return steps.flatMap { step in
            step.merged.map { builds(of: $0, job: name.string ?? "", known, folder) } ?? []
          }
        }
      }
    }
  }

  private static func directory(_ node: [String: Node]) -> String? {
    node["defaults"]?.mapping?["run"]?.mapping?["working-directory"]?.string
  }

  private static func environment(_ node: Node?) -> [String: String] {
    var result: [String: String] = [:]
    for (name, value) in node?.merged ?? [:] { result["env.\(name)"] = value.scalar?.string }
    return result
  }

  // MARK: Steps

  private static func builds(
    of step: [String: Node], job: String, _ known: [String: String], _ folder: String
  ) -> [ImageBuild] {
    let known = known.merging(environment(step["env"])) { _, own in own }
    if let action = step["uses"]?.string {
      return action.hasPrefix("docker/build-push-action") ? [build(step, job, known)].compactMap { $0 } : []
    }
    guard let script = step["run"]?.string,
      let place = filled(step["working-directory"]?.string ?? folder, known).flatMap(inside)
    else { return [] }
    var variables = [
      "GITHUB_WORKSPACE": BuildCommand.root, "RUNNER_WORKSPACE": BuildCommand.root,
    ]
    for (name, value) in known where name.hasPrefix("env.") {
      variables[String(name.dropFirst(4))] = filled(value, known)
    }
    return BuildCommand(directory: place, variables: variables).builds(in: filledScript(script, known)).map { build in
      ImageBuild(
        tool: .github, name: job, context: build.context, dockerfile: build.dockerfile, target: build.target,
        arguments: build.arguments)
    }
  }

  private static func build(_ step: [String: Node], _ job: String, _ known: [String: String]) -> ImageBuild? {
    let inputs = step["with"]?.merged ?? [:]
    func input(_ name: String) -> String?? {
      guard let text = inputs[name]?.scalar?.string, !text.isEmpty else { return .some(nil) }
      return filled(text, known).map { .some($0) }
    }
    // Without a context the action builds the repository's root.
    guard let given = input("context"), let file = input("file") else { return nil }
    let subfolder = given.flatMap { $0.hasPrefix("{{defaultContext}}") ? String($0.dropFirst(18)) : nil }
    let folder = subfolder.map { $0.hasPrefix(":") ? String($0.dropFirst()) : "." } ?? given ?? "."
    guard !ImageBuild.isRemote(folder), let context = inside(folder) else { return nil }
    var dockerfile: String?
    if let file {
      // A context of git is all that the builder sees, so that the file is told from there.
      guard let path = inside(subfolder == nil && given != nil ? file : ContextPath.join(context, file)) else {
        return nil
      }
      dockerfile = path
    }
    var arguments: [String: String] = [:]
    for line in (inputs["build-args"]?.string ?? "").split(whereSeparator: \.isNewline) {
      let pair = line.split(separator: "=", maxSplits: 1).map { String($0.trimmed) }
      if pair.count == 2, let value = filled(pair[1], known) { arguments[pair[0]] = value }
    }
    return ImageBuild(
      tool: .github, name: job, context: context, dockerfile: dockerfile, target: input("target") ?? nil,
      arguments: arguments)
  }

  private static func inside(_ path: String) -> String? {
    ContextPath.relative(ContextPath.join(BuildCommand.root, path), to: BuildCommand.root)
  }

  // MARK: Expressions

  /// A text with its `${{ … }}` filled in; nil where one of them is not known.
  private static func filled(_ text: String, _ known: [String: String]) -> String? {
    var isKnown = true
    let result = replacingExpressions(text) { name in
      guard let value = value(of: name, known) else {
        isKnown = false
        return ""
      }
      return value
    }
    return isKnown ? result : nil
  }

  /// A script in which expressions that are not known are variables that are not known.
  private static func filledScript(_ text: String, _ known: [String: String]) -> String {
    replacingExpressions(text) { value(of: $0, known) ?? "${__unknown}" }
  }

  private static func value(of name: String, _ known: [String: String]) -> String? {
    name == "github.workspace" ? BuildCommand.root : known[name]
  }

  private static func replacingExpressions(_ text: String, _ value: (String) -> String) -> String {
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstRange(of: "${{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
      result += rest[..<start.lowerBound] + value(String(rest[start.upperBound..<end.lowerBound].trimmed))
      rest = rest[end.upperBound...]
    }
    return result + rest
  }

  // MARK: The matrix

  /// What a matrix gives: every combination of its lists, with what `include` adds to them or beside them.
  private static func rows(of matrix: Node?) -> [[String: String]] {
    guard let matrix = matrix?.mapping else { return [[:]] }
    var lists: [(name: String, values: [[String: String]])] = []
    for (key, value) in matrix {
      guard let name = key.string, name != "include", name != "exclude", let values = value.sequence else { continue }
      lists.append((name, values.map { fields(of: $0, named: name) }))
    }
    var rows: [[String: String]] = [[:]]
    for (_, values) in lists {
      rows = rows.flatMap { row in values.map { row.merging($0) { _, last in last } } }
      if rows.count > 1_000 { return [] }
    }
    let included = (matrix["include"]?.sequence ?? []).map { entry in
      var row: [String: String] = [:]
      for (key, value) in entry.mapping ?? [:] { row.merge(fields(of: value, named: key.string ?? "")) { $1 } }
      return row
    }
    if lists.isEmpty { return included.isEmpty ? [[:]] : included }
    let names = Set(lists.map { "matrix.\($0.name)" })
    var added: [[String: String]] = []
    for entry in included {
      let shared = entry.filter { names.contains($0.key) }
      let matching = rows.indices.filter { index in shared.allSatisfy { rows[index][$0.key] == $0.value } }
      if matching.isEmpty { added.append(entry) }
      for index in matching { rows[index].merge(entry) { own, _ in own } }
    }
    return rows + added
  }

  private static func fields(of node: Node, named name: String) -> [String: String] {
    if let text = node.scalar?.string { return ["matrix.\(name)": text] }
    var result: [String: String] = [:]
    for (key, value) in node.mapping ?? [:] {
      if let key = key.string, let text = value.scalar?.string { result["matrix.\(name).\(key)"] = text }
    }
    return result
  }
}
