// Times parsing and printing on one thread, files already in memory.
// usage: SyntaxBenchmark --sizes | FOLDER

import DockerfileSyntax
import Foundation

/// The seconds one pass takes: the median of passes that fill about a second, at least five.
func seconds(of pass: () -> Int) -> Double {
  var times: [Double] = []
  var total = 0.0
  while times.count < 5 || total < 1 {
    let start = ContinuousClock.now
    _ = pass()
    let time = start.duration(to: .now) / .seconds(1)
    times.append(time)
    total += time
    if total > 30 { break }
  }
  return times.sorted()[times.count / 2]
}

func roundTrip(_ files: [[UInt8]]) -> Int {
  var count = 0
  for file in files { count += Dockerfile(parsing: file).bytes.count }
  return count
}

func repeated(_ text: String, bytes: Int) -> [UInt8] {
  let piece = Array(text.utf8)
  var result: [UInt8] = []
  result.reserveCapacity(bytes + piece.count)
  while result.count < bytes { result += piece }
  return result
}

func row(_ name: String, _ columns: String...) {
  let cells = columns.map { String(repeating: " ", count: max(0, 14 - $0.count)) + $0 }
  print(name + String(repeating: " ", count: max(0, 32 - name.count)) + cells.joined())
}

func number(_ value: Double, digits: Int = 1) -> String { String(format: "%.\(digits)f", value) }

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "--sizes" {
  let head = "FROM alpine:3.20\n"
  let ordinary =
    "# what it needs\nRUN apk add --no-cache git \\\n    make\nCOPY --chown=app:app src/ /app/src/\nENV A=1 B=\"2\"\n"
  let megabytes = 10 << 20
  let cases: [(String, [UInt8])] = [
    ("ordinary, 1 KB", repeated(ordinary, bytes: 1 << 10)), ("ordinary, 100 KB", repeated(ordinary, bytes: 100 << 10)),
    ("ordinary, 10 MB", repeated(ordinary, bytes: megabytes)),
    ("one RUN of continuations, 10 MB", Array((head + "RUN true").utf8) + repeated(" \\\n  && true", bytes: megabytes)),
    (
      "one heredoc, 10 MB",
      Array((head + "RUN <<EOF\n").utf8) + repeated("echo a <<X \\\n", bytes: megabytes) + Array("EOF\n".utf8)
    ),
    ("only escapes, 10 MB", repeated("\\\n", bytes: megabytes)),
    ("escapes without a line end, 10 MB", repeated("\\", bytes: megabytes)),
    (
      "comments in a continuation, 10 MB",
      Array((head + "RUN true \\\n").utf8) + repeated("# why\n\n", bytes: megabytes)
    ),
    ("one ENV of pairs, 10 MB", Array((head + "ENV").utf8) + repeated(" A=1 \\\n", bytes: megabytes)),
    ("flags, 10 MB", Array((head + "RUN").utf8) + repeated(" --mount=type=cache,target=/a \\\n", bytes: megabytes)),
  ]
  row("parse and print", "ms", "MB/s")
  for (name, bytes) in cases {
    let time = seconds { roundTrip([bytes]) }
    row(name, number(time * 1000, digits: 3), number(Double(bytes.count) / time / 1e6))
  }
} else {
  let folder = arguments.first ?? "."
  let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
  let files = names.sorted().compactMap { name -> [UInt8]? in
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder), !isFolder.boolValue
    else {
      return nil
    }
    return FileManager.default.contents(atPath: folder + "/" + name).map(Array.init)
  }
  let size = files.reduce(0) { $0 + $1.count }
  let time = seconds { roundTrip(files) }
  print("\(files.count) files \(size) bytes \(number(Double(files.count) / time)) files/s")
}
