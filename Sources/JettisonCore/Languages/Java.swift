import ContextFiles
import Projects

extension Language {
  /// Java and Kotlin: Maven, Gradle, their wrappers, the JDK's own tools.
  static let java = Language(
    id: "java", name: "Java",
    markers: [
      "pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", "mvnw", "gradlew",
    ],
    commands: JavaCommands.rules,
    toolchainPrograms: [
      "mvn", "mvnw", "mvnd", "gradle", "gradlew", "javac", "kotlinc", "kotlin", "sbt", "ant", "jshell", "lein", "jbang",
    ],
    fault: { situation in
      situation.copiedFiles(named: "pom.xml").lazy.compactMap { pom in
        MavenProject.read(pom.path, in: situation.listing, reader: situation.reader).problem
      }.first
    },
    strategies: [
      Strategy(.artefact) { JavaStrategy($0, target: .runtime) },
      Strategy(.artefact) { JavaStrategy($0, target: .toolchain) },
      Strategy(.rebase) { JavaRebase($0) },
    ])
}
