import Projects
import Testing

struct PythonDistributionTests {
  @Test(
    "brings names to their normal form",
    arguments: [
      ("Flask", "flask"), ("zope.interface", "zope-interface"), ("a_b-c.d", "a-b-c-d"), ("a--_..b", "a-b"),
      ("ABC123", "abc123"), ("ruamel.yaml.clib", "ruamel-yaml-clib"), ("a", "a"),
    ])
  func normalized(name: String, expected: String) {
    #expect(PythonDistribution.normalized(name) == expected)
    #expect(PythonDistribution(name: name).name == expected)
  }

  @Test(
    "reads requirements with extras and markers",
    arguments: [
      ("psycopg2[pool]>=2.9 ; python_version < \"3.12\"", "psycopg2", ["pool"], ">=2.9"),
      ("a [ b , c ] == 1", "a", ["b", "c"], "== 1"), ("a[]", "a", [], ""), ("a", "a", [], ""), ("a;b", "a", [], ""),
      ("a@ https://x", "a", [], "@ https://x"), ("7zip", "7zip", [], ""), ("a (>1)", "a", [], "(>1)"),
      ("a<2,>1", "a", [], "<2,>1"), ("\ta ", "a", [], ""),
    ] as [(String, String, [String], String)])
  func parsed(text: String, name: String, extras: [String], specifier: String) throws {
    let distribution = try #require(PythonDistribution(parsing: text))
    #expect(distribution.name == name)
    #expect(distribution.extras == extras)
    #expect(distribution.specifier == specifier)
  }

  @Test(
    "a path, an address or nothing is no distribution",
    arguments: [
      "", " ", ".", "./a", "../a", "/a", "a/b", "git+https://x", "https://x/y", "-e .", "[a]", "; x", "a b", "#",
    ])
  func refused(text: String) {
    #expect(PythonDistribution(parsing: text) == nil)
  }
}
