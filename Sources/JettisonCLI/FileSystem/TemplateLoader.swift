import ContextFiles
import JettisonCore

/// Templates from `--templates` and `.jettison/templates/`.
enum TemplateLoader {
  static func load(folder: String?, contextRoot: String?) throws(ToolError) -> TemplateSet {
    var set = TemplateSet()
    if let own = contextRoot.map({ $0 + "/.jettison/templates" }), Disk.isDirectory(own) == true {
      try add(own, to: &set)
    }
    if let folder {
      guard Disk.isDirectory(folder) == true else {
        throw ToolError(path: folder, message: "the template folder does not exist", id: "no-templates")
      }
      try add(folder, to: &set)
    }
    return set
  }

  private static func add(_ folder: String, to set: inout TemplateSet) throws(ToolError) {
    guard case .success(let languages) = Disk.list(folder) else {
      throw ToolError(path: folder, message: "the template folder cannot be read", id: "no-templates")
    }
    for language in languages.sorted(by: { $0.name < $1.name }) where language.kind == .directory {
      guard case .success(let files) = Disk.list(folder + "/" + language.name) else { continue }
      for file in files.sorted(by: { $0.name < $1.name }) where file.name.hasSuffix(".Dockerfile") {
        let path = "\(folder)/\(language.name)/\(file.name)"
        guard case .success(let bytes) = Disk.read(path) else {
          throw ToolError(path: path, message: "the template cannot be read", id: "unreadable")
        }
        let name = "\(language.name)/\(file.name.dropLast(".Dockerfile".count))"
        do {
          set.override(with: try Template(name: name, origin: path, text: String(decoding: bytes, as: UTF8.self)))
        } catch {
          throw ToolError(path: error.origin, line: error.line, message: error.message, id: "broken-template")
        }
      }
    }
  }
}
