@testable import DockerfileSyntax
import Testing

struct KeywordTests {
  @Test("there are eighteen instructions")
  func count() {
    #expect(Keyword.allCases.count == 18)
  }

  @Test("reads every instruction in any case", arguments: Keyword.allCases)
  func cases(keyword: Keyword) {
    #expect(Keyword(Array(keyword.rawValue.utf8)) == keyword)
    #expect(Keyword(Array(keyword.rawValue.lowercased().utf8)) == keyword)
    #expect(Keyword(Array(keyword.rawValue.capitalized.utf8)) == keyword)
  }

  @Test(
    "refuses words Docker does not know",
    arguments: ["", "RU", "RUNN", "FRO", "INCLUDE", "HEALTHCHECKS", "R\u{FEFF}UN", "ＲＵＮ", "run ", "ſhell"])
  func unknown(word: String) {
    #expect(Keyword(Array(word.utf8)) == nil)
  }

  @Test("only RUN, COPY, ADD and ONBUILD may hold heredocs")
  func heredocs() {
    #expect(Set(Keyword.allCases.filter(\.takesHeredocs)) == [.run, .copy, .add, .onbuild])
  }
}

extension String {
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
