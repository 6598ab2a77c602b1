@testable import Projects
import Testing

struct XMLElementTests {
  private func parse(_ text: String) -> Result<XMLElement, ProjectProblemError> {
    XMLElement.parse(text, file: "a.xml")
  }

  @Test("reads elements, text, entities, CDATA and lines; comments, directives and attributes are read over")
  func everything() throws {
    let root = try parse(
      """
      <?xml version="1.0"?>
      <!DOCTYPE project>
      <!-- <not>this</not> -->
      <p:project xmlns:p="http://x" a='>'>
        <name> a &lt;b&gt; &amp; c </name><empty/>
        <raw><![CDATA[<x>&amp;</x>]]></raw>
        <list><item>1</item><item>2</item></list>
      </p:project>

      """
    ).get()
    #expect(root.name == "project")
    #expect(root.value("name") == "a <b> & c")
    #expect(root["name"]?.line == 5)
    #expect(root["empty"] != nil && root.value("empty") == nil)
    #expect(root.value("raw") == "<x>&amp;</x>")
    #expect(root["list"]?.children.map(\.text) == ["1", "2"])
    #expect(root.at("list", "item")?.text == "1")
    #expect(root.at("list", "no", "item") == nil)
  }

  @Test(
    "what is no XML is a problem with its line",
    arguments: [
      ("<a>\n<b>\n</a>", 3, "</a> closes what is not open"), ("<a>\n<b></b>", 2, "<a> of line 1 is never closed"),
      ("", 1, "the file holds no XML element"), ("<a>\n<b", 2, "'<' begins a tag that never ends"),
      ("<a><!-- x", 1, "'<!--' is never closed"), ("<a>< ></a>", 1, "a tag has no name"),
      ("</a>", 1, "</a> closes what is not open"), ("<a><![CDATA[x", 1, "'<![CDATA[' is never closed"),
    ])
  func broken(text: String, line: Int, message: String) {
    guard case .failure(let error) = parse(text) else {
      Issue.record("'\(text)' was read")
      return
    }
    #expect(error.problem == ProjectProblem(file: "a.xml", line: line, message: message))
  }

  @Test("nesting without end is refused, not run out of stack")
  func deep() {
    guard case .failure(let error) = parse(String(repeating: "<a>", count: 100_000)) else {
      Issue.record("it was read")
      return
    }
    #expect(error.problem.message.contains("nested"))
  }

  @Test("any prefix of a document is read or refused without a crash")
  func prefixes() {
    let text = Array("<?xml?><!-- c --><a b='c'><![CDATA[x]]>&lt;<d/></a>".utf8)
    for length in text.indices {
      if case .success = parse(String(decoding: text[..<length], as: UTF8.self)) { Issue.record("cut at \(length)") }
    }
  }
}
