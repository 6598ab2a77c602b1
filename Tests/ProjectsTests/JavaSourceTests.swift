import Projects
import Testing

struct JavaSourceTests {
  @Test("reads imports and literals; comments and characters do not mislead")
  func everything() {
    let source = JavaSource(
      parsing: """
        package a;
        import java.util.List;
        import static java.lang.Math.*; // import no.Comment;
        /* "not this" */
        class A {
          char c = '"';
          String s = "data/a\\"b.csv" + "x";
          String t = \"\"\"
            block "quoted"
            \"\"\";
          void run() { new ProcessBuilder("git"); }
        }
        """)
    #expect(source.imports == ["java.util.List", "java.lang.Math.*"])
    #expect(source.literals.contains("data/a\\\"b.csv") && source.literals.contains("x"))
    #expect(source.literals.contains { $0.contains("block \"quoted\"") })
    #expect(!source.literals.contains("not this"))
    #expect(source.startsPrograms)
  }

  @Test("Kotlin and Groovy read alike, and any prefix is read without a crash")
  func others() {
    let text = "import io.ktor.*\nval a = \"x\"\ndef b = 'y'\n"
    let source = JavaSource(parsing: text)
    #expect(source.imports == ["io.ktor.*"] && source.literals == ["x", "y"] && !source.startsPrograms)
    for length in 0..<text.utf8.count {
      _ = JavaSource(parsing: String(decoding: text.utf8.prefix(length), as: UTF8.self))
    }
  }
}
