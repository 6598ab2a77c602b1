import ContextFiles
import Yams

/// How Quarkus packages a program.
///
/// Source: https://quarkus.io/guides/maven-tooling#configuration-reference
struct QuarkusPackaging {
  private static let keys = ["quarkus.package.jar.type", "quarkus.package.type"]

  /// The kind of archive, nil for the default.
  let type: String?

  init(_ properties: [String: String]) {
    type = Self.keys.compactMap { properties[$0] }.first
  }

  /// The folder beside the archive that it does not run without.
  var folder: String? {
    switch type {
    case "uber-jar", "native", "native-sources": nil
    case "legacy-jar": "lib"
    default: "quarkus-app"
    }
  }

  /// The settings in the configuration of the module in a folder.
  static func settings(in folder: String, _ reader: ContextReader) -> [String: String] {
    var result: [String: String] = [:]
    let resources = ContextPath.join(folder, "src/main/resources")
    for line in (reader.text(of: ContextPath.join(resources, "application.properties")) ?? "")
      .split(whereSeparator: \.isNewline)
    {
      let parts = line.split(maxSplits: 1) { $0 == "=" || $0 == ":" }.map { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
      }
      if parts.count == 2, keys.contains(parts[0]) { result[parts[0]] = parts[1] }
    }
    for name in ["application.yml", "application.yaml"] {
      guard let text = reader.text(of: ContextPath.join(resources, name)), let root = try? Yams.compose(yaml: text)
      else { continue }
      for key in keys { result[key] = result[key] ?? value(of: key[...], in: root) }
    }
    return result
  }

  /// The value of a dotted key, however its parts are nested.
  private static func value(of key: Substring, in node: Node) -> String? {
    guard let mapping = node.mapping else { return nil }
    if let text = mapping[String(key)]?.string { return text }
    for (name, inner) in mapping {
      guard let name = name.string, key.hasPrefix(name + ".") else { continue }
      if let found = value(of: key.dropFirst(name.count + 1), in: inner) { return found }
    }
    return nil
  }
}
