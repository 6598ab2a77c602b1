import DockerfileSyntax
import Foundation
import Testing

/// Files from outside the repository: `JETTISON_DOCKERFILES=DIR swift test --filter CorpusTests` tries every file below DIR.
struct CorpusTests {
  static let folder = ProcessInfo.processInfo.environment["JETTISON_DOCKERFILES"]

  @Test("every file of a collection comes back byte for byte from its tokens", .enabled(if: folder != nil))
  func roundTrip() throws {
    let root = try #require(Self.folder)
    let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    var count = 0
    for name in names {
      var isFolder: ObjCBool = false
      let path = root + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
        let data = FileManager.default.contents(atPath: path)
      else { continue }
      let bytes = Array(data)
      let file = Dockerfile(parsing: bytes)
      #expect(file.items.flatMap { $0.tokens.flatMap(\.bytes) } == bytes, "\(name)")
      #expect(file.bytes == bytes, "\(name)")
      count += 1
    }
    print("\(count) files came back byte for byte")
    #expect(count > 0)
  }
}
