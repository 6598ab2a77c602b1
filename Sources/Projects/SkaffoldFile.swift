import ContextFiles
import Yams

/// Reads what a skaffold file builds with a Dockerfile, its profiles included.
///
/// Source of the format: https://skaffold.dev/docs/references/yaml/
enum SkaffoldFile {
  static func builds(_ text: String, file: String) -> Result<[ImageBuild], ProjectProblemError> {
    YAMLDocuments.parse(text, file: file).map { documents in
      documents.flatMap { document in
        let profiles = document.mapping?["profiles"]?.sequence.map(Array.init) ?? []
        let sections = ([document] + profiles).compactMap { $0.mapping?["build"]?.mapping }
        return sections.flatMap { $0["artifacts"]?.sequence.map(Array.init) ?? [] }
      }.compactMap { build(of: $0, in: ContextPath.parent(file)) }
    }
  }

  private static func build(of artefact: Node, in folder: String) -> ImageBuild? {
    guard let artefact = artefact.merged else { return nil }
    let docker = (artefact["docker"] ?? artefact["kaniko"])?.merged
    let others = ["buildpacks", "jib", "ko", "bazel", "custom"]
    guard docker != nil || !others.contains(where: { artefact[$0] != nil }) else { return nil }
    let context = artefact["context"]?.string ?? "."
    return ImageBuild(
      tool: .skaffold, name: artefact["image"]?.string ?? "", context: context,
      dockerfile: ContextPath.join(context, docker?["dockerfile"]?.string ?? "Dockerfile"), places: [folder],
      target: docker?["target"]?.string,
      arguments: (docker?["buildArgs"]?.variables ?? [:]).filter { !$0.value.contains("{{") })
  }
}

/// The documents of a YAML text.
enum YAMLDocuments {
  static func parse(_ text: String, file: String) -> Result<[Node], ProjectProblemError> {
    do {
      return .success(Array(try Yams.compose_all(yaml: text)))
    } catch {
      return .failure(ProjectProblemError(ProjectProblem(yaml: error, file: file)))
    }
  }
}
