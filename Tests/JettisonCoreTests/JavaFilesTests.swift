import JettisonCore
import Testing

/// What of a Java image's files reaches the final stage, and how.
struct JavaFilesTests {
  private let pom = "<project><artifactId>app</artifactId><version>1</version></project>"
  private let main = "package a;\nclass A { public static void main(String[] a) { } }\n"
  private let start = "CMD [\"java\", \"-jar\", \"target/app-1.jar\"]"

  private func maven(_ lines: String, files: [String: String] = [:]) -> Conversion {
    let all = ["pom.xml": pom, "src/main/java/a/A.java": main].merging(files) { $1 }
    return convert("FROM maven:3.9-eclipse-temurin-17\nWORKDIR /app\nCOPY . .\n\(lines)\n", files: all)
  }

  private func gradle(_ lines: String, script: String, files: [String: String] = [:]) -> Conversion {
    let all = ["build.gradle": script].merging(files) { $1 }
    return convert("FROM gradle:8-jdk17\nWORKDIR /app\nCOPY . .\n\(lines)\n", files: all)
  }

  private func brings(_ path: String) -> String { "COPY --from=builder \(path) \(path)\n" }

  private func reading(_ path: String) -> [String: String] {
    ["src/main/java/a/A.java": main.replacing("{ } }", with: "{ read(\"\(path)\"); } }")]
  }

  @Test(
    "modes and bytes changed in the builder come with the file and are not changed again",
    arguments: [
      "RUN chmod +x mvnw run.sh\nRUN ./mvnw package", "RUN chmod +x mvnw run.sh && ./mvnw package",
      "RUN dos2unix mvnw run.sh\nRUN mvn package", "RUN chmod +x *.sh mvnw\nRUN mvn package",
      "RUN sed -i 's/a/b/' run.sh mvnw\nRUN mvn package",
    ])
  func carried(lines: String) {
    let result = maven(
      "\(lines)\nCMD [\"./run.sh\"]", files: ["mvnw": "", "run.sh": "#!/bin/sh\njava -jar target/app-1.jar\n"])
    #expect(result.finalStage.contains(brings("/app/run.sh")) && !result.finalStage.contains("mvnw"))
  }

  @Test("what the final stage copies itself is changed there; a file that it lacks cannot be")
  func repeated() {
    let files = ["mvnw": "", "run.sh": "#!/bin/sh\njava -jar target/app-1.jar\n"]
    let lines = "RUN mvn package\nCOPY run.sh /run.sh\nRUN chmod +x /run.sh\nCMD [\"/run.sh\"]"
    #expect(maven(lines, files: files).finalStage.contains("RUN chmod +x /run.sh\n"))
    #expect(
      maven(lines.replacing("chmod +x /", with: "chmod +x mvnw /"), files: files).reason == .opaqueEffects)
  }

  @Test(
    "a file that the program names below its source folders travels to that place",
    arguments: [
      "src/main/resources/sql/init.sql", "file:src/main/resources/sql/", "./src/main/resources/sql/*.sql",
      "/src/main/resources/sql/init.sql", "/src/main/resources/sql/", "\\\\src\\\\main\\\\resources\\\\sql\\\\init.sql",
      "src\", \"main\", \"resources\", \"sql", "src/main/resources/sql/written-later.sql",
      "src\" + File.separator + \"main/resources/sql",
    ])
  func sources(path: String) {
    let result = maven(
      "RUN mvn package\n\(start)", files: reading(path).merging(["src/main/resources/sql/init.sql": "x"]) { $1 })
    #expect(result.finalStage.contains("COPY --from=builder /app/src/main/resources/sql"))
    #expect(!maven("RUN mvn package\n\(start)", files: reading("src/main/java/a/A.java")).finalStage.contains("src"))
  }

  @Test("a resource that is named where the build puts it travels, if it is one")
  func resources() {
    let files = reading("target/classes/x.txt").merging(["src/main/resources/x.txt": "x"]) { $1 }
    #expect(maven("RUN mvn package\n\(start)", files: files).finalStage.contains(brings("/app/target/classes/x.txt")))
    let none = maven("RUN mvn package\n\(start)", files: reading("target/classes/x.txt"))
    #expect(none.isRewritten && !none.finalStage.contains("classes"))
  }

  @Test(
    "an archive of Quarkus that holds everything needs no folder",
    arguments: [
      ("-Dquarkus.package.type=uber-jar", [:], [String]()), ("-Dquarkus.package.jar.type=uber-jar", [:], []),
      ("", ["src/main/resources/application.properties": "quarkus.package.type = uber-jar\n"], []),
      ("", ["src/main/resources/application.yml": "quarkus:\n  package:\n    jar:\n      type: uber-jar\n"], []),
      ("-Dquarkus.package.type=legacy-jar", [:], ["/app/target/lib"]), ("", [:], ["/app/target/quarkus-app"]),
    ])
  func quarkus(option: String, files: [String: String], folders: [String]) {
    let plugin = "<build><plugins><plugin><artifactId>quarkus-maven-plugin</artifactId></plugin></plugins></build>"
    let all = ["pom.xml": pom.replacing("</project>", with: plugin + "</project>")].merging(files) { $1 }
    let result = maven("RUN mvn package \(option)\nCMD java -jar target/app-1-runner.jar", files: all)
    #expect(result.finalStage.contains(brings("/app/target/app-1-runner.jar")))
    for folder in ["/app/target/lib", "/app/target/quarkus-app"] {
      #expect(result.finalStage.contains(brings(folder)) == folders.contains(folder), "\(folder)")
    }
  }

  @Test("Ktor's archive has no version in its name, and may be named")
  func ktor() {
    let script = "plugins { id 'io.ktor.plugin' version '2.3.7' }\nversion = '1'\n"
    let plain = gradle("RUN gradle buildFatJar\nCMD java -jar build/libs/app-all.jar", script: script)
    #expect(plain.finalStage.contains(brings("/app/build/libs/app-all.jar")))
    let named = script + "ktor { fatJar { archiveFileName.set('fat.jar') } }\n"
    let other = gradle("RUN gradle buildFatJar\nCMD java -jar build/libs/fat.jar", script: named)
    #expect(other.finalStage.contains(brings("/app/build/libs/fat.jar")))
    let glob = gradle("RUN gradle buildFatJar\nCMD java -jar build/libs/*-all.jar", script: script)
    #expect(glob.finalStage.contains(brings("/app/build/libs")))
  }

  @Test("folders that a RUN copies beside the program travel from there")
  func copiedFolders() {
    let files = ["config/app.yml": "a: 1", "scripts/x.txt": "x"]
    for lines in [
      "RUN mkdir /opt/app\nRUN mvn package && cp target/app-1.jar /opt/app/app.jar && cp -r config scripts /opt/app/",
      "RUN mvn package\nRUN mkdir /opt/app && cp target/app-1.jar /opt/app/app.jar && cp -r config /opt/app",
    ] {
      let result = maven("\(lines)\nWORKDIR /opt/app\nCMD java -jar app.jar server config/app.yml", files: files)
      #expect(result.finalStage.contains(brings("/opt/app/config")), "\(lines)")
      #expect(!result.finalStage.contains("scripts"))
    }
  }

  @Test("a folder that a user makes stays that user's")
  func madeByUser() {
    let lines = "RUN useradd -m app && chown app /app\nUSER app\nRUN mvn package\nRUN mkdir -p logs\n\(start)"
    #expect(maven(lines).finalStage.contains("COPY --from=builder --chown=app /app/logs /app/logs\n"))
  }

  @Test("a name of the JDK that is written out, and a tool behind a signal, keep the JDK")
  func hiddenToolchain() {
    let compiling = main.replacing("{ } }", with: "{ javax.tools.ToolProvider.getSystemJavaCompiler(); } }")
    let result = maven("RUN mvn package\n\(start)", files: ["src/main/java/a/A.java": compiling])
    #expect(result.plan?.runtime == "eclipse-temurin:17")
    let script = "#!/bin/sh\ntrap 'jcmd 1 Thread.print' TERM\njava -jar target/app-1.jar\n"
    let trapping = maven("RUN mvn package\nCMD [\"./run.sh\"]", files: ["run.sh": script])
    #expect(trapping.plan?.runtime == "eclipse-temurin:17")
  }

  @Test("waiting before the start is no sign of a container that is only entered")
  func waiting() {
    #expect(maven("RUN mvn package\nCMD sleep 10 && java -jar target/app-1.jar").isRewritten)
    #expect(maven("RUN mvn package\nCMD while true; do sleep 1000; done").reason == .devImage)
    #expect(maven("RUN mvn package\nCMD java -jar target/app-1.jar; sleep infinity").reason == .devImage)
  }

  @Test(
    "compose files beside the main one give its services commands",
    arguments: [
      "docker-compose.override.yml", "docker-compose.dev.yml", "compose.override.yaml",
    ])
  func composeOverride(name: String) {
    let base = ["docker-compose.yml": "services:\n  app:\n    build: .\n"]
    let with = base.merging([name: "services:\n  app:\n    command: mvn spring-boot:run\n"]) { $1 }
    #expect(maven("RUN mvn package\n\(start)", files: with).reason == .startNeedsToolchain)
    let published = base.merging([name: "services:\n  app:\n    image: node:20\n    command: mvn x\n"]) { $1 }
    #expect(maven("RUN mvn package\n\(start)", files: published).isRewritten)
  }

  @Test(
    "what a compose file sets variables to may name files",
    arguments: ["[\"JAVA_TOOL_OPTIONS=%\"]", "{JAVA_TOOL_OPTIONS: \"%\"}"])
  func composeVariables(form: String) {
    let text =
      "services:\n  app:\n    build: .\n    environment: "
      + form.replacing("%", with: "-javaagent:/app/tools/agent.jar")
    let result = maven("RUN mvn package\n\(start)", files: ["compose.yaml": text + "\n", "tools/agent.jar": "x"])
    #expect(result.finalStage.contains(brings("/app/tools")))
  }

  @Test(
    "folders of libraries that the archive's manifest names travel, wherever they lie",
    arguments: ["${project.basedir}/lib", "/app/lib", "lib"])
  func libraries(folder: String) {
    let plugins =
      "<build><plugins><plugin><artifactId>maven-dependency-plugin</artifactId><configuration><outputDirectory>\(folder)</outputDirectory></configuration></plugin><plugin><artifactId>maven-jar-plugin</artifactId><configuration><archive><manifest><addClasspath>true</addClasspath><classpathPrefix>../lib/</classpathPrefix></manifest></archive></configuration></plugin></plugins></build></project>"
    let result = maven("RUN mvn package\n\(start)", files: ["pom.xml": pom.replacing("</project>", with: plugins)])
    #expect(
      result.finalStage.contains(brings("/app/lib")) && result.finalStage.contains(brings("/app/target/app-1.jar")))
  }

  @Test("a name that a build argument decides is not written down")
  func argument() {
    let lines =
      "ARG VERSION=1\nRUN mvn package -Drevision=$VERSION\nENV V=$VERSION\nCMD java -jar target/app-$V.jar"
    let revision = ["pom.xml": pom.replacing("<version>1<", with: "<version>${revision}<")]
    #expect(maven(lines, files: revision).reason == .sameValues)
    #expect(maven(lines.replacing("$V.", with: "1."), files: revision).isRewritten)
  }

  @Test("what only the build's configuration names stays in the builder too")
  func configured() {
    let configured = pom.replacing("</project>", with: "<properties><from>../shared</from></properties></project>")
    for (text, isNamed) in [(configured, true), (pom, false)] {
      let result = convert(
        "FROM maven:3.9-eclipse-temurin-17\nWORKDIR /app\nCOPY shared /shared\nCOPY pom.xml .\nCOPY src src\nRUN mvn package\n\(start)\n",
        files: ["pom.xml": text, "src/main/java/a/A.java": main, "shared/a.txt": "x"])
      #expect(result.isRewritten && result.finalStage.contains("COPY shared /shared"))
      #expect(result.builderStage.contains("COPY shared /shared") == isNamed)
    }
  }

  @Test("files that the author copies one by one and the build does not name are the program's, defaults of values too")
  func narrowCopies() {
    let pom = "<project><groupId>a</groupId><artifactId>app</artifactId><version>1</version></project>"
    let source = "class A { @Value(\"${rules.folder:rules}\") String a; @Value(\"${list:data/list.bin}\") String b; }"
    let dockerfile =
      "FROM maven:3.9-eclipse-temurin-17\nWORKDIR /app\nCOPY pom.xml checkstyle.xml ./\nCOPY src ./src\nCOPY rules rules\nCOPY data data\nCOPY ops/newrelic.yml extra.txt ./\nRUN mvn package\nCMD [\"java\", \"-jar\", \"target/app-1.jar\"]\n"
    let files = [
      "pom.xml": pom, "checkstyle.xml": "x", "src/main/java/A.java": source, "rules/a.rule": "x", "data/list.bin": "x",
      "data/other.bin": "x", "ops/newrelic.yml": "a: 1", "extra.txt": "x",
    ]
    let result = convert(dockerfile, files: files)
    #expect(result.finalStage.contains("COPY ops/newrelic.yml extra.txt ./\n"))
    #expect(result.builderStage.contains("COPY ops/newrelic.yml extra.txt ./\n"), "the build may read it too")
    #expect(result.plan?.travels.sorted() == ["/app/data/list.bin", "/app/rules", "/app/target/app-1.jar"])
    #expect(!result.finalStage.contains("checkstyle"))
    let named = pom.replacing("</project>", with: "<properties><a>extra.txt newrelic.yml</a></properties></project>")
    #expect(!convert(dockerfile, files: files.with(["pom.xml": named])).finalStage.contains("newrelic"))
  }

  @Test(
    "the repository stays in the context of a build that may ask git",
    arguments: [
      (
        "pom.xml", "<plugin><groupId>pl.project13.maven</groupId><artifactId>git-commit-id-plugin</artifactId></plugin>"
      ),
      ("pom.xml", "<plugin><artifactId>buildnumber-maven-plugin</artifactId></plugin>"),
      (
        "pom.xml",
        "<parent><groupId>org.acme</groupId><artifactId>acme-parent</artifactId><version>3</version></parent>"
      ),
      ("module/pom.xml", "<plugin><artifactId>git-commit-id-maven-plugin</artifactId></plugin>"),
      (".mvn/extensions.xml", "<artifactId>jgitver-maven-plugin</artifactId>"),
      ("build.gradle.kts", "plugins { id(\"pl.allegro.tech.build.axion-release\") }"),
      ("build.gradle", "version = 'git describe'.execute().text"),
      ("buildSrc/src/main/kotlin/Version.kt", "val p = ProcessBuilder(\"git\")"),
    ])
  func versionControl(path: String, text: String) {
    let inPom = path.hasSuffix("pom.xml") ? pom.replacing("</project>", with: text + "</project>") : text
    let asking = maven("RUN mvn package\n\(start)", files: [path: inPom, ".git/HEAD": "x"])
    #expect(asking.isRewritten && asking.ignoreFile?.added.contains(".git") == false)
    let link = pom.replacing("</project>", with: "<scm><url>https://github.com/a/b</url></scm></project>")
    let plain = maven("RUN mvn package\n\(start)", files: ["pom.xml": link, ".git/HEAD": "x"])
    #expect(plain.ignoreFile?.added.contains(".git") == true)
  }

  @Test("a build without its build file is built with another context")
  func foreignContext() {
    let file = "FROM maven:3.9-eclipse-temurin-17\nWORKDIR /app\nCOPY . .\nRUN mvn package\n\(start)\n"
    let result = convert(file, files: ["other.txt": ""])
    #expect(result.reason == .completeContext)
  }
}
