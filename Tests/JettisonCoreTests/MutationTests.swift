import ContextFiles
import DockerfileSyntax
import Foundation
import JettisonCore
import Testing

/// Damaged copies of every example: whatever comes in, nothing crashes, and what is not rewritten keeps its bytes.
struct MutationTests {
  /// A small generator, so that a failure can be repeated from its seed.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }

  private static let pieces = [
    "\\\n", "\n", "&& ", "| sh", "<<EOF\n", "$(", "`", "\"", "'", "${A:-", "FROM scratch\n", "USER app\n",
    "RUN rm -rf /\n", "COPY . /\n", "CMD []\n", "WORKDIR ..\n", "#", "\r", "\t",
    "{a,b}", "*", "if x; then ", "ENV PATH=/x\n", "ARG A\n", "é", "HEALTHCHECK NONE\n", "SHELL [\"/bin/bash\"]\n",
    "VOLUME /app\n", "--from=builder ", "\u{FEFF}",
  ]

  private func mutated(_ bytes: [UInt8], using generator: inout Generator) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0...result.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: result.removeSubrange(place..<min(place + Int.random(in: 1...20, using: &generator), result.count))
      case 1:
        result.insert(contentsOf: Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)].utf8, at: place)
      case 2:
        let other = Int.random(in: 0...result.count, using: &generator)
        result.insert(contentsOf: Array(result[min(place, other)..<max(place, other)]), at: place)
      default: if place < result.count { result[place] = UInt8.random(in: 9...126, using: &generator) }
      }
      if result.count > 8_000 { result.removeLast(result.count - 8_000) }
    }
    return result
  }

  @Test("a damaged Dockerfile never crashes the conversion and is never lost", arguments: Repository.exampleNames)
  func damaged(name: String) throws {
    let folder = Repository.examples.appendingPathComponent(name)
    let original = Array(try Data(contentsOf: folder.appendingPathComponent("Dockerfile")))
    let reader = diskContext(folder, hiding: ["expected"])
    let seed = UInt64(name.utf8.reduce(7) { ($0 &* 31) &+ Int($1) } & 0xFFFF_FFFF)
    var generator = Generator(state: seed)
    for round in 0..<25 {
      let bytes = mutated(original, using: &generator)
      let parsed = Dockerfile(parsing: bytes)
      #expect(parsed.bytes == bytes, "seed \(seed), round \(round)")
      let result = convert(bytes, in: reader)
      switch result.outcome {
      case .rewritten, .rebased:
        #expect(
          Dockerfile(parsing: result.rewritten.bytes).problems.isEmpty,
          "seed \(seed), round \(round): \(result.rewritten.text)")
        #expect(
          convert(result.rewritten.bytes, in: reader).rewritten.bytes == result.rewritten.bytes,
          "seed \(seed), round \(round)")
      case .unchanged: #expect(result.rewritten.bytes == bytes)
      case .declined: break
      }
    }
  }
}
