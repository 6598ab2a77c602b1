import Projects
import Testing

/// The reader of JSON with lines in its faults.
struct JSONTextTests {
  private func parse(_ text: String, isRelaxed: Bool = false) throws -> JSONText {
    try JSONText.parse(text, file: "a.json", isRelaxed: isRelaxed).get()
  }

  private func line(_ text: String, isRelaxed: Bool = false) -> Int? {
    JSONText.parse(text, file: "a.json", isRelaxed: isRelaxed).problem?.line
  }

  @Test("values of all kinds")
  func values() throws {
    let value = try parse(#"{"a": [1, -2.5e3, true, null], "b": {"c": "d"}, "e": ""}"#)
    #expect(value["a"]?.elements.count == 4)
    #expect(value["a"]?.elements.first?.integer == 1)
    #expect(value["a"]?.elements[2].bool == true)
    #expect(value["b"]?["c"]?.string == "d")
    #expect(value["e"]?.string == "")
    #expect(value["f"] == nil)
  }

  @Test("escapes, pairs of surrogates and a byte order mark")
  func escapes() throws {
    #expect(try parse(#""a\n\t\"\\\/\u00e4\ud83d\ude00""#).string == "a\n\t\"\\/ä😀")
    #expect(try parse("\u{FEFF}[]") == .array([]))
    #expect(try parse(#""\ud83d""#).string == "\u{FFFD}")
  }

  @Test("the last member of a name counts")
  func duplicates() throws {
    #expect(try parse(#"{"a": 1, "a": 2}"#)["a"]?.integer == 2)
  }

  @Test(
    "a fault names its line",
    arguments: [
      ("{\n\"a\": 1,\n}", 3), ("{\"a\": 1,\n\"b\"\n", 3), ("[1,\n2\n3]", 3), ("{\"a\": \"b\n\"}", 1), ("", 1),
      ("[]\n[]", 2),
      ("{\n\"a\": tru }", 2), ("{\"a\": 1", 1), ("// a\n{}", 1), ("\"\\u12\"", 1), ("{1: 2}", 1),
    ])
  func faults(text: String, line: Int) {
    #expect(self.line(text) == line, "\(text)")
  }

  @Test("comments and trailing commas where they are allowed")
  func relaxed() throws {
    let text = "{ // one\n/* two\n*/ \"a\": [1, 2,],\n}"
    #expect(try parse(text, isRelaxed: true)["a"]?.elements.count == 2)
    #expect(line(text) == 1)
  }

  @Test("text that is nested too deeply is a fault and no crash")
  func depth() {
    #expect(line(String(repeating: "[", count: 100_000)) == 1)
    #expect(line(String(repeating: "{\"a\":", count: 100_000)) == 1)
  }

  @Test("a text cut anywhere is a fault and no crash")
  func cuts() {
    let text = #"{"name": "x", "list": [1, {"a": "\u00e4"}], "on": true}"#
    for length in 0..<text.utf8.count {
      #expect(line(String(decoding: Array(text.utf8).prefix(length), as: UTF8.self)) != nil, "\(length)")
    }
  }
}
