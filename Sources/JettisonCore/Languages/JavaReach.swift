import ContextFiles
import Projects

/// What the sources and the configuration of a Java project name.
struct JavaReach {
  /// String literals and the words of configuration.
  var literals: Set<String> = []
  /// The names of imports.
  var imports: Set<String> = []
  /// Programs that the code starts.
  var programs: Set<String> = []
  /// Dependencies as `group:artifact`.
  var dependencies: Set<String> = []
  /// Whether any source could be read.
  var hasSources = false

  init() {}

  /// Reads the sources that lie in folders of the image, those of tests left out.
  init(_ situation: Situation, folders: [String]) {
    for step in situation.trace.steps {
      for effect in step.effects.flatMap(\.flattened) { dependencies.formUnion(effect.java?.dependencies ?? []) }
    }
    for file in situation.listing.files {
      let path = file.path
      let isSource = [".java", ".kt", ".scala", ".groovy"].contains { path.hasSuffix($0) }
      let isConfiguration = AssetSearch.isConfiguration(path) || path.hasSuffix(".xml")
      guard isSource || isConfiguration, !path.contains("src/test/"), !path.contains("buildSrc/"),
        situation.trace.map.imagePaths(of: path).contains(where: { image in
          folders.contains { ContextPath.isWithin(image, $0) }
        }), let text = situation.reader.text(of: path), text.utf8.count < 1 << 20
      else { continue }
      if isSource {
        hasSources = true
        let source = JavaSource(parsing: text)
        literals.formUnion(source.literals + source.joined)
        imports.formUnion(source.imports)
        imports.formUnion(source.qualified)
        if source.startsPrograms {
          for literal in source.literals {
            guard let word = literal.split(separator: " ").first.map(String.init) else { continue }
            let name = ContextPath.lastComponent(word)
            if SystemCommands.notable.contains(name) || JavaTools.names.contains(name)
              || ["bash", "python", "python3"].contains(name)
            {
              programs.insert(name)
            }
          }
        }
      } else if path.contains("src/main/") || path.contains("conf") || path.hasSuffix("application.yml") {
        for word in text.split(whereSeparator: { " \t\n\r\"'=,[]{}()<>".contains($0) }) where word.utf8.count < 200 {
          literals.insert(String(word))
        }
      }
    }
  }

  /// Why the program needs a JDK at run time; nil when nothing shows it.
  func toolchainReason(_ roots: Roots) -> String? {
    if let tool = JavaTools.names.sorted().first(where: { programs.contains($0) }) {
      return "the program starts '\(tool)', which only the JDK has"
    }
    if let name = imports.sorted().first(where: { name in JavaTools.packages.contains { name.hasPrefix($0) } }) {
      return "the program uses '\(name)', which only the JDK has"
    }
    if literals.contains(where: { $0.hasSuffix("tools.jar") }) { return "the program names tools.jar of the JDK" }
    if let name = JavaTools.libraries.sorted().first(where: dependencies.contains) {
      return "the dependency '\(name)' compiles at run time"
    }
    let words = roots.commands.flatMap { $0.words.compactMap { $0 } }.map(ContextPath.lastComponent)
    if let tool = JavaTools.names.sorted().first(where: words.contains) {
      return "the container starts '\(tool)', which only the JDK has"
    }
    return roots.text.contains("tools.jar") ? "the container names tools.jar of the JDK" : nil
  }
}

/// What a JDK has and a JRE has not.
enum JavaTools {
  /// Programs that a JRE lacks.
  ///
  /// Source: the module graph of OpenJDK's legacy JRE image.
  static let names: Set<String> = [
    "javac", "jar", "jcmd", "jmap", "jstack", "jstat", "jps", "jinfo", "jhat", "jdb", "jshell", "jdeps", "jlink",
    "javap", "jhsdb", "jstatd", "jconsole", "javadoc", "jarsigner", "native-image", "jpackage",
  ]
  /// Packages whose use means compiling, debugging or attaching.
  static let packages = [
    "javax.tools.", "com.sun.tools.", "com.sun.jdi.", "com.sun.source.", "jdk.jshell.", "sun.tools.", "sun.jvmstat.",
  ]
  /// Libraries that call the compiler when they run.
  static let libraries: Set<String> = [
    "net.openhft:compiler", "org.mdkt.compiler:InMemoryJavaCompiler", "com.sun:tools", "com.itranswarp:compiler",
    "com.taobao.arthas:arthas-spring-boot-starter", "org.jooq:joor", "org.jooq:joor-java-8",
  ]
}
