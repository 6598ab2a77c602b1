import ContextFiles
import DockerfileSyntax
import Foundation
import JettisonCore
import Testing

/// The repository's folders, found from this file.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let examples = root.appendingPathComponent("Examples")
  static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  /// The names of all examples.
  static let exampleNames: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: examples.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }()
}

/// A folder on disk as a build context, some names left out.
func diskContext(_ folder: URL, hiding hidden: Set<String> = []) -> ContextReader {
  ContextReader(
    list: { path in
      let url = path == "." ? folder : folder.appendingPathComponent(path)
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: url.path) else {
        return .failure(.notFound)
      }
      return .success(
        names.filter { !(path == "." && hidden.contains($0)) }.map { name in
          var isFolder: ObjCBool = false
          let full = url.appendingPathComponent(name).path
          _ = FileManager.default.fileExists(atPath: full, isDirectory: &isFolder)
          return ContextEntry(
            name: name, kind: isFolder.boolValue ? .directory : .file,
            isExecutable: FileManager.default.isExecutableFile(atPath: full))
        })
    },
    read: { path in
      guard let data = FileManager.default.contents(atPath: folder.appendingPathComponent(path).path) else {
        return .failure(.notFound)
      }
      return .success(Array(data))
    })
}

/// Converts a Dockerfile with a context in memory.
func convert(
  _ dockerfile: String, files: [String: String] = [:], executables: Set<String> = [],
  options: ConversionOptions = ConversionOptions()
) -> Conversion {
  var all = files
  all["Dockerfile"] = dockerfile
  return JettisonCore.convert(Array(dockerfile.utf8), in: .memory(all, executables: executables), options: options)
}

extension Conversion {
  /// The reason of an unchanged file.
  var reason: Reason? {
    if case .unchanged(let refusal) = outcome { refusal.reason } else { nil }
  }

  /// Whether it was split or got another base.
  var isRewritten: Bool {
    switch outcome {
    case .rewritten, .rebased: true
    case .unchanged, .declined: false
    }
  }

  /// The text behind the last FROM.
  var finalStage: String {
    let lines = rewritten.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.lastIndex(where: { $0.uppercased().hasPrefix("FROM ") }) else { return "" }
    return lines[start...].joined(separator: "\n")
  }

  /// The text before the last FROM.
  var builderStage: String { String(rewritten.text.dropLast(finalStage.count)) }
}

/// A Go program that needs nothing.
let plainGo = """
  package main

  import "net/http"

  func main() { http.ListenAndServe(":8080", nil) }
  """
let goModule = "module example.com/app\n\ngo 1.22\n"
