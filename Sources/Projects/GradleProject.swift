import ContextFiles

/// A Gradle build in a build context: its projects and what their tasks leave in `build`.
///
/// Sources: https://docs.gradle.org/current/userguide/ and the documentation of the packaging plug-ins.
public struct GradleProject: Sendable, Hashable {
  /// The projects, the root first.
  public var modules: [GradleModule]

  /// Whether a folder holds the files of a build.
  public static func isBuild(_ folder: String, in listing: ContextListing) -> Bool {
    ["settings.gradle", "settings.gradle.kts", "build.gradle", "build.gradle.kts"].contains {
      listing[ContextPath.join(folder, $0)] != nil
    }
  }

  /// Reads a build.
  ///
  /// - Parameters:
  ///   - folder: the root project's folder in the context.
  ///   - rootName: the folder's name in the image, which names the root project when no settings do.
  ///   - properties: what the command line sets with `-P`.
  public static func read(
    at folder: String, rootName: String?, properties: [String: String] = [:], in listing: ContextListing,
    reader: ContextReader
  ) -> GradleProject {
    let settings = Self.script("settings.gradle", in: folder, listing, reader)
    let layout = GradleSettings(settings?.script)
    var values = GradleValues()
    for (name, value) in Self.propertiesFile(ContextPath.join(folder, "gradle.properties"), reader) {
      values.known[name] = value
    }
    values.known.merge(QuarkusPackaging.settings(in: folder, reader)) { $1 }
    values.known.merge(properties) { $1 }
    let root = Self.script("build.gradle", in: folder, listing, reader)
    let name = layout.rootName ?? rootName
    values.known["rootProject.name"] = name
    var modules = [
      GradleModule(name: name, folder: folder, build: root, shared: nil, values: values)
    ]
    // Settings may compute what they include; a folder with a build script of its own is a project too.
    let known = Set(layout.modules.map { layout.folders[$0] ?? Self.folder(of: $0) })
    let others = listing.files(below: folder).filter {
      ["build.gradle", "build.gradle.kts"].contains(ContextPath.lastComponent($0.path))
    }.compactMap { ContextPath.relative(ContextPath.parent($0.path), to: folder) }.filter {
      $0 != "." && !known.contains($0) && !$0.hasPrefix("buildSrc") && !$0.hasPrefix("build-logic")
    }
    let paths = layout.modules + Set(others).sorted().map { ":" + $0.split(separator: "/").joined(separator: ":") }
    for path in paths {
      let relative = layout.folders[path] ?? Self.folder(of: path)
      let place = ContextPath.join(folder, relative)
      guard listing[place]?.kind == .directory || listing.files(below: place).count > 0 else { continue }
      var inner = modules[0].exported
      for (name, value) in Self.propertiesFile(ContextPath.join(place, "gradle.properties"), reader) {
        inner.known[name] = value
      }
      inner.known.merge(QuarkusPackaging.settings(in: place, reader)) { $1 }
      modules.append(
        GradleModule(
          name: path.split(separator: ":").last.map(String.init), folder: place,
          build: Self.script("build.gradle", in: place, listing, reader), shared: root, values: inner))
    }
    return GradleProject(modules: modules)
  }

  private static func folder(of path: String) -> String { path.split(separator: ":").joined(separator: "/") }

  private static func script(
    _ name: String, in folder: String, _ listing: ContextListing, _ reader: ContextReader
  ) -> (file: String, script: GradleScript)? {
    for candidate in [name, name + ".kts"] {
      let path = ContextPath.join(folder, candidate)
      if listing[path]?.kind == .file, let text = reader.text(of: path) { return (path, GradleScript(parsing: text)) }
    }
    return nil
  }

  private static func propertiesFile(_ path: String, _ reader: ContextReader) -> [(String, String)] {
    (reader.text(of: path) ?? "").split(whereSeparator: \.isNewline).compactMap { line in
      guard let cut = line.firstIndex(where: { $0 == "=" || $0 == ":" }), !line.hasPrefix("#") else { return nil }
      let trim: (Substring) -> String = { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
      }
      return (trim(line[..<cut]), trim(line[line.index(after: cut)...]))
    }
  }
}

/// What `settings.gradle` says: the root's name and the projects.
private struct GradleSettings {
  var rootName: String?
  /// Project paths such as `:app` or `:services:web`.
  var modules: [String] = []
  /// Folders that are not where the path says, by project path.
  var folders: [String: String] = [:]

  init(_ script: GradleScript?) {
    for statement in script?.statements ?? [] {
      let text = statement.text
      if text.hasPrefix("rootProject.name") {
        rootName = Self.strings(text).last
      } else if text.hasPrefix("include"), !text.hasPrefix("includeBuild"), !text.hasPrefix("includeFlat") {
        modules += Self.strings(text).map { $0.hasPrefix(":") ? $0 : ":" + $0 }
      } else if text.hasPrefix("project("), text.contains(".projectDir") {
        let names = Self.strings(text)
        if names.count == 2 { folders[names[0]] = names[1] }
      }
    }
  }

  /// The string literals of a statement.
  private static func strings(_ text: String) -> [String] {
    var result: [String] = []
    var open: (quote: Character, text: String)?
    for character in text {
      if let current = open {
        if character == current.quote {
          result.append(current.text)
          open = nil
        } else {
          open?.text.append(character)
        }
      } else if character == "\"" || character == "'" {
        open = (character, "")
      }
    }
    return result
  }
}
