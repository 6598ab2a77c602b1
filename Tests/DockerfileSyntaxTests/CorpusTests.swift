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

  /// How many files are damaged, of those small enough to be cut at each byte.
  private static let sample = 400

  @Test("damaged files of a collection come back byte for byte", .enabled(if: folder != nil))
  func mutations() throws {
    let root = try #require(Self.folder)
    let names = (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []).sorted()
    let files = names.compactMap { FileManager.default.contents(atPath: root + "/" + $0).map(Array.init) }
    let small = files.filter { !$0.isEmpty && $0.count <= 1500 }
    let step = max(1, small.count / Self.sample)
    var count = 0
    for bytes in stride(from: 0, to: small.count, by: step).map({ small[$0] }) {
      var damaged: [[UInt8]] = [
        Array("# escape=`\n".utf8) + bytes, [0xEF, 0xBB, 0xBF] + bytes,
        bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }, bytes.flatMap { $0 == 0x20 ? [0x09] : [$0] },
      ]
      for place in bytes.indices {
        damaged.append(Array(bytes[..<place]))
        damaged.append(Array(bytes[..<place] + bytes[(place + 1)...]))
      }
      for bytes in damaged {
        let file = Dockerfile(parsing: bytes)
        let isLossless = file.items.flatMap { $0.tokens.flatMap(\.bytes) } == bytes && file.bytes == bytes
        if !isLossless { Issue.record("lost: \(String(decoding: bytes, as: UTF8.self).debugDescription)") }
      }
      count += damaged.count
    }
    print("\(count) damaged files came back byte for byte")
    #expect(count > 0)
  }
}
