import Projects
import Testing

/// JavaScript and TypeScript read without being run, and the settings of compilers.
struct NodeSourceTests {
  private func source(_ text: String, mode: String? = nil) -> NodeSource {
    NodeSource(parsing: Array(text.utf8), mode: mode)
  }

  @Test("imports in all spellings; types alone are none")
  func imports() {
    let text = """
      import express from 'express';
      import { a } from "./a";
      import 'side-effect';
      import type { T } from 'types-only';
      import type, { other } from 'default-named-type';
      export * from '@scope/pkg/lib';
      const b = require('b'), c = await import("c");
      require.resolve('d');
      // import 'comment';
      /* require('block') */
      """
    #expect(
      source(text).imports
        == ["express", "./a", "side-effect", "default-named-type", "@scope/pkg/lib", "b", "c", "d"])
  }

  @Test("literals of strings and templates, not of comments and expressions")
  func literals() {
    let text =
      "const a = 'one' + \"tw\\\"o\" + `three${ f('four') }five`; // 'no'\nconst r = /'not\"/.test(x) / 2; g('six');"
    #expect(source(text).literals == ["one", "tw\\\"o", "three", "four", "five", "six"])
  }

  @Test("a module by a computed name")
  func computed() {
    #expect(source("require(name)").loadsComputed)
    #expect(source("import(`./${x}`)").loadsComputed)
    #expect(source("require('./locales/' + name)").loadsComputed)
    #expect(!source("require( 'a' ); import(/* webpackChunkName: 'x' */ 'b')").loadsComputed)
  }

  @Test("blocks for another NODE_ENV do not run")
  func modes() {
    let text = """
      if (process.env.NODE_ENV !== 'production') { require('dotenv').config({ path: { a: '.env' } }); }
      if (process.env.NODE_ENV === "development") { require('dev'); }
      if (process.env.NODE_ENV === 'production' || x) { require('both'); }
      require('last');
      """
    #expect(source(text, mode: "production").imports == ["both", "last"])
    #expect(source(text).imports == ["dotenv", "both", "last"])
    #expect(source(text, mode: "development").imports == ["dotenv", "dev", "both", "last"])
  }

  @Test("the package behind a module's name")
  func packages() {
    #expect(NodeSource.package(of: "@a/b/c") == "@a/b")
    #expect(NodeSource.package(of: "a/b") == "a")
    #expect(NodeSource.package(of: "./a") == nil)
    #expect(NodeSource.package(of: "node:fs") == nil)
    #expect(NodeSource.package(of: "@a") == nil)
  }

  @Test("source that ends anywhere is no crash")
  func cuts() {
    let bytes = Array("import a from 'a'; `b${ `c${'d'}` }`; /[/]e/g; /* f */ \"g\\\"\" // h".utf8)
    for length in 0...bytes.count { _ = NodeSource(parsing: Array(bytes.prefix(length))) }
  }

  @Test("a compiler's places, comments allowed")
  func compiler() throws {
    let text =
      "{\n  // out\n  \"extends\": \"./base.json\",\n  \"compilerOptions\": {\"outDir\": \"./dist\", \"noEmit\": true,},\n}"
    let read = try TypeScriptConfiguration.parse(text, file: "tsconfig.json").get()
    #expect(read.outDir == "./dist" && read.noEmit && read.extends == "./base.json")
    #expect(TypeScriptConfiguration.parse("{", file: "tsconfig.json").problem?.line == 1)
  }

  @Test("Next's output")
  func next() {
    #expect(NextConfiguration(parsing: "module.exports = {\n  output: \"standalone\",\n}").isStandalone)
    #expect(NextConfiguration(parsing: "export default { output: 'export', distDir: './out' }").isExport)
    #expect(NextConfiguration(parsing: "export default { distDir: 'build/next' }").distDir == "build/next")
    #expect(NextConfiguration(parsing: "").distDir == ".next")
  }

  @Test("which settings of npm hold credentials")
  func credentials() {
    func holds(_ text: String) -> Bool { NpmConfiguration(parsing: text).holdsCredentials }
    #expect(holds("//registry.npmjs.org/:_authToken=abc"))
    #expect(holds("_auth = dXNlcjpwYXNz"))
    #expect(!holds("//registry.npmjs.org/:_authToken=${NPM_TOKEN}"))
    #expect(!holds("# _authToken=abc\nlegacy-peer-deps=true\nengine-strict"))
    #expect(NpmConfiguration(parsing: "engine-strict\n").settings == ["engine-strict": "true"])
  }
}
