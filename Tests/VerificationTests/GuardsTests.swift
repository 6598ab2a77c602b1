import Testing
@testable import Verification

/// The words of the command line.
struct GuardsTests {
  @Test(
    "a size is a number with a unit",
    arguments: [
      ("120MB", 120_000_000), ("1.5 GB", 1_500_000_000), ("300MiB", 314_572_800), ("512", 512), ("4k", 4000), ("7b", 7),
    ])
  func size(text: String, bytes: Int64) {
    #expect(ByteCount(text)?.bytes == bytes)
  }

  @Test(
    "anything else is no size", arguments: ["", "MB", "-5MB", "1e9", "12XB", "one MB", "1.2.3MB", "99999999999999GB"])
  func noSize(text: String) {
    #expect(ByteCount(text) == nil)
  }

  @Test("a saving is a percentage or a size")
  func savings() {
    #expect(Saving("30%") == .percent(30))
    #expect(Saving("99.5 %") == .percent(99.5))
    #expect(Saving("100MB") == .bytes(ByteCount(100_000_000)))
    for text in ["%", "-3%", "130%", "some%", ""] { #expect(Saving(text) == nil, "\(text)") }
  }

  @Test("guards name what is missed, and say nothing at the limit itself")
  func guards() {
    var guards = Guards()
    #expect(guards.missed(before: 10, after: 20).isEmpty)
    guards.maximumSize = ByteCount(120_000_000)
    guards.minimumSaving = .percent(30)
    #expect(guards.missed(before: 200_000_000, after: 120_000_000).isEmpty)
    #expect(
      guards.missed(before: 130_000_000, after: 120_000_001).map(\.message) == [
        "the new image has 120.0 MB, more than --max-size 120.0 MB",
        "the new image saves 7.7 %, less than --min-saving 30.0%",
      ])
    guards.minimumSaving = .bytes(ByteCount(50_000_000))
    #expect(guards.missed(before: 100_000_000, after: 50_000_000).isEmpty)
    #expect(guards.missed(before: 100_000_000, after: 50_000_001).count == 1)
  }

  @Test("a probe has a port of the container and a path")
  func probes() {
    #expect(Probe("http://:8080/path?a=1") == Probe(port: 8080, path: "/path?a=1"))
    #expect(Probe("http://:80") == Probe(port: 80, path: "/"))
    #expect(Probe("http://localhost:80/") == Probe(port: 80, path: "/"))
    #expect(Probe("http://:80?x") == Probe(port: 80, path: "/?x"))
    for text in [
      "", ":80/", "https://:443/", "http://example.com:80/", "http://:0/", "http://:70000/", "http:///x",
      "http://:80/a b", "http://:80/\r\nX: y",
    ] { #expect(Probe(text) == nil, "\(text)") }
  }

  @Test("arguments are split at spaces outside quotes")
  func words() {
    #expect(
      ArgumentWords.split("convert 'a file' \"b \\\" c\" d\\ e ''") == ["convert", "a file", "b \" c", "d e", ""])
    #expect(ArgumentWords.split("  ") == [])
    #expect(ArgumentWords.split("$HOME *") == ["$HOME", "*"])
    #expect(ArgumentWords.split("'open") == nil)
    #expect(ArgumentWords.split("end\\") == nil)
  }

  @Test("times are written as people read them")
  func times() {
    #expect(Duration.milliseconds(850).words == "850 ms")
    #expect(Duration.milliseconds(12_340).words == "12.3 s")
    #expect(Duration.seconds(60).words == "60 s")
    #expect(Duration.seconds(245).words == "4 min 5 s")
  }
}
