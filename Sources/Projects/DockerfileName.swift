/// What a file's name says about its being a Dockerfile.
public enum DockerfileName: Sendable, Hashable {
  /// The name is used for nothing else.
  case certain
  /// Sources, documents and data have such names too: only the content tells.
  case possible

  /// Reads a name without its folders; nil for one that is no Dockerfile's or only looks like it.
  ///
  ///     DockerfileName("api.Dockerfile")   // certain
  ///     DockerfileName("dockerfile.go")    // possible
  ///     DockerfileName("Dockerfile.orig")  // nil
  public init?(_ name: String) {
    // Nearly every other name is told by its length alone.
    if name.utf8.count < Self.stems[0].utf8.count { return nil }
    let lower = name.lowercased()
    for stem in Self.stems {
      if lower == stem || (lower.hasSuffix("." + stem) && !lower.hasPrefix(".")) {
        self = .certain
        return
      }
      guard lower.hasPrefix(stem), let separator = lower.dropFirst(stem.count).first, ".-_".contains(separator) else {
        continue
      }
      // Behind a dash any part may be the telling one: `Dockerfile-old`, `Dockerfile-api.md`.
      let endings = separator == "." ? ["."] : [".", "-", "_"]
      let rest = lower.dropFirst(stem.count + 1)
      let last = rest.split { endings.contains(String($0)) }.last.map(String.init) ?? ""
      if last.isEmpty || last.hasSuffix("~") || Self.lookalikes.contains(last) { return nil }
      self = separator == "." && !Self.shared.contains(last) ? .certain : .possible
      return
    }
    return nil
  }

  private static let stems = ["dockerfile", "containerfile"]

  /// Endings of ignore files, copies, templates, patches and documents.
  private static let lookalikes: Set<String> = [
    "dockerignore", "containerignore",
    "orig", "bak", "backup", "old", "save", "rej", "swp", "swo", "tmp", "lock", "log",
    "j2", "jinja", "jinja2", "tmpl", "tpl", "template", "gotmpl", "erb", "in", "m4", "mustache", "hbs", "handlebars",
    "ejs", "liquid", "mako", "eex",
    "diff", "patch", "md", "markdown", "rst", "adoc", "html", "asc", "sig", "sha256", "sum",
  ]

  /// Endings that name a language to some authors and a file's format to others.
  private static let shared: Set<String> = [
    "c", "cc", "cpp", "cs", "css", "ex", "exs", "go", "h", "hpp", "java", "js", "jsx", "kt", "lua", "mjs", "php", "pl",
    "ps1", "py", "rb", "rs", "scala", "scss", "sh", "bash", "bat", "swift", "ts", "tsx", "vim",
    "cfg", "conf", "csv", "env", "ini", "json", "properties", "toml", "txt", "xml", "yaml", "yml",
    "gz", "ico", "jpg", "pdf", "png", "svg", "tar", "tgz", "zip",
  ]
}
