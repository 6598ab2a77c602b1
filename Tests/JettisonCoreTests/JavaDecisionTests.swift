import JettisonCore
import Testing

/// Single decisions of the Java ladder, each named after the case it answers.
struct JavaDecisionTests {
  private let pom = "<project><artifactId>app</artifactId><version>1</version></project>"
  private let main = "package a;\nclass A { public static void main(String[] a) { } }\n"

  private func maven(
    _ lines: String, base: String = "maven:3.9-eclipse-temurin-17", files: [String: String] = [:]
  ) -> Conversion {
    let all = ["pom.xml": pom, "src/main/java/a/A.java": main].merging(files) { $1 }
    return convert("FROM \(base)\nWORKDIR /app\nCOPY . .\n\(lines)\n", files: all)
  }

  private let start = "CMD [\"java\", \"-jar\", \"target/app-1.jar\"]"

  private func brings(_ path: String) -> String { "COPY --from=builder \(path) \(path)\n" }

  @Test("HARD_CASES 104, 105: a wildcard stands for the one archive that the build makes")
  func wildcard() {
    let result = maven("RUN mvn package\nCMD java -jar target/*.jar")
    #expect(result.finalStage.contains(brings("/app/target/app-1.jar")))
    let unknown = pom.replacing("<version>1</version>", with: "<version>${rev}</version>")
    let refused = maven("RUN mvn package\nCMD java -jar target/*.jar", files: ["pom.xml": unknown])
    #expect(refused.reason == .missingAtRunTime)
    // A name in the start command needs no fact.
    #expect(maven("RUN mvn package\n\(start)", files: ["pom.xml": unknown]).isRewritten)
  }

  @Test("a start command that contradicts the build is not followed")
  func contradiction() {
    #expect(maven("RUN mvn package\nCMD [\"java\", \"-jar\", \"target/app-2.jar\"]").reason == .missingAtRunTime)
  }

  @Test("an archive is found where it was moved, also by a RUN of its own")
  func moved() {
    for line in ["RUN mvn package && mv target/*.jar app.jar", "RUN mvn package\nRUN cp target/app-1.jar app.jar"] {
      let result = maven("\(line)\nCMD [\"java\", \"-jar\", \"app.jar\"]")
      #expect(result.finalStage.contains(brings("/app/app.jar")) && !result.finalStage.contains("target"), "\(line)")
    }
    let folder = maven(
      "ENV HOME_DIR=/app\nRUN mvn package && cp target/app-1.jar $HOME_DIR/\nCMD java -jar $HOME_DIR/app-1.jar")
    #expect(folder.finalStage.contains(brings("/app/app-1.jar")) && !folder.finalStage.contains("/app /app"))
  }

  @Test("HARD_CASES 102: a program that needs the JDK keeps it, without build tool and sources")
  func toolchain() {
    let compiling = main.replacing("class A", with: "import javax.tools.ToolProvider;\nclass A")
    let result = maven("RUN mvn package\n\(start)", files: ["src/main/java/a/A.java": compiling])
    #expect(result.plan?.runtime == "eclipse-temurin:17")
    let script = "#!/bin/sh\njava -jar target/app-1.jar &\njstack $!\n"
    let dumping = maven("RUN mvn package\nCMD [\"./run.sh\"]", files: ["run.sh": script])
    #expect(dumping.plan?.runtime == "eclipse-temurin:17")
  }

  @Test("HARD_CASES 110: a build tool as start command leaves the file alone, also behind a script")
  func developmentServer() {
    #expect(maven("CMD [\"mvn\", \"spring-boot:run\"]").reason == .startNeedsToolchain)
    #expect(maven("CMD ./mvnw spring-boot:run").reason == .startNeedsToolchain)
    let script = "#!/bin/sh\nexec mvn exec:java\n"
    #expect(maven("CMD [\"./run.sh\"]", files: ["run.sh": script]).reason == .startNeedsToolchain)
  }

  @Test("files that sources, options and frameworks name come along to the places they are named in")
  func assets() {
    let reading = main.replacing("{ } }", with: "{ read(\"data/seed.csv\"); } }")
    let result = maven(
      "RUN mvn package\nCMD [\"java\", \"-Dlog=src/main/resources/log.xml\", \"-jar\", \"target/app-1.jar\"]",
      files: [
        "src/main/java/a/A.java": reading, "data/seed.csv": "1", "config/application.yml": "a: 1", "docs/x.txt": "x",
        "src/main/resources/log.xml": "<a/>", "src/main/resources/other.xml": "<a/>",
      ])
    for path in ["/app/data/seed.csv", "/app/config", "/app/src/main/resources/log.xml"] {
      #expect(result.finalStage.contains(brings(path)), "\(path)")
    }
    #expect(!result.finalStage.contains("docs") && !result.finalStage.contains("other.xml"))
  }

  @Test("a file that is copied twice is brought to the named place only")
  func namedPlace() {
    let result = maven(
      "RUN mvn package\nCOPY wait.sh /wait.sh\nENTRYPOINT [\"/wait.sh\", \"java\", \"-jar\", \"target/app-1.jar\"]",
      files: ["wait.sh": "#!/bin/sh\nexec \"$@\"\n"])
    #expect(result.finalStage.contains("COPY wait.sh /wait.sh") && !result.finalStage.contains("/app/wait.sh"))
  }

  @Test("HARD_CASES 114: a certificate goes into the key stores of both stages, with the file it comes from")
  func keyStore() {
    let file =
      "FROM eclipse-temurin:17-jdk\nCOPY ca.crt /tmp/ca.crt\nRUN keytool -importcert -noprompt -cacerts -alias a -file /tmp/ca.crt\nWORKDIR /app\nCOPY . .\nRUN ./mvnw package\n\(start)\n"
    let result = convert(
      file, files: ["pom.xml": pom, "mvnw": "#!/bin/sh\n", "ca.crt": "x", "src/main/java/a/A.java": main])
    #expect(result.builderStage.contains("RUN keytool"))
    #expect(result.finalStage.contains(brings("/tmp/ca.crt") + "RUN keytool"))
    #expect(!result.finalStage.contains("/app/ca.crt"))
  }

  @Test("a script's own constants are followed to the archive")
  func scriptConstants() {
    let script = "#!/bin/bash\nJAR=target/app-1.jar\nexec java $JAVA_OPTS -jar \"$JAR\"\n"
    let result = maven("RUN mvn package\nCMD [\"./run.sh\"]", files: ["run.sh": script])
    #expect(result.finalStage.contains(brings("/app/target/app-1.jar")))
    #expect(result.finalStage.contains(brings("/app/run.sh")))
    let twice = script.replacing("exec", with: "if [ -n \"$X\" ]; then JAR=other.jar; fi\nexec")
    #expect(maven("RUN mvn package\nCMD [\"./run.sh\"]", files: ["run.sh": twice]).reason == .opaqueEffects)
  }

  @Test("what sh -c runs is looked into")
  func innerShell() {
    let file =
      "FROM openjdk:8-jdk-alpine\nADD target/a.jar app.jar\nRUN sh -c 'touch /app.jar'\nENTRYPOINT [\"java\", \"-jar\", \"/app.jar\"]\n"
    #expect(convert(file, files: ["target/a.jar": "x"]).plan?.runtime == "openjdk:8-jre-alpine")
    let unknown = file.replacing("touch /app.jar", with: "frobnicate")
    #expect(convert(unknown, files: ["target/a.jar": "x"]).reason == .opaqueEffects)
  }

  @Test("a tool that is fetched for the build stays in the builder")
  func fetchedTool() {
    let file =
      "FROM openjdk:8\nRUN wget -qO- https://example.com/apache-maven-3.6.3-bin.tar.gz | tar xz -C /opt && ln -s /opt/apache-maven-3.6.3/bin/mvn /usr/bin/mvn\nWORKDIR /app\nCOPY . .\nRUN mvn package\n\(start)\n"
    let result = convert(file, files: ["pom.xml": pom, "src/main/java/a/A.java": main])
    #expect(result.isRewritten && !result.finalStage.contains("/opt") && !result.finalStage.contains("ln -s"))
  }

  @Test("on a plain system the JDK's package becomes the runtime's")
  func systemPackages() {
    let result = maven(
      "RUN mvn package\n\(start)",
      base: "ubuntu:22.04\nRUN apt-get update && apt-get install -y openjdk-17-jdk-headless maven")
    #expect(result.finalStage.contains("openjdk-17-jre-headless ") && !result.finalStage.contains("maven"))
    let alpine = maven("RUN mvn package\n\(start)", base: "alpine:3.18\nRUN apk add --no-cache openjdk17 maven")
    #expect(alpine.finalStage.contains("RUN apk add --no-cache openjdk17-jre\n"))
  }

  @Test("the installation of Gradle's application plug-in travels whole")
  func installation() {
    let file =
      "FROM gradle:8-jdk21\nWORKDIR /app\nCOPY . .\nRUN gradle :server:installDist\nCMD [\"server/build/install/server/bin/server\"]\n"
    let result = convert(
      file, files: ["settings.gradle": "include ':server'\n", "server/build.gradle": "plugins { id 'application' }\n"])
    #expect(result.finalStage.contains(brings("/app/server/build/install/server")))
    #expect(result.plan?.runtime == "eclipse-temurin:21-jre")
  }

  @Test("a relative WORKDIR and path keep the folder of a base that has one")
  func inheritedDirectory() {
    let file =
      "FROM gradle:8-jdk17\nCOPY . .\nRUN gradle jar\nWORKDIR build/libs\nCMD [\"java\", \"-jar\", \"a.jar\"]\n"
    let result = convert(file, files: ["build.gradle": "jar { archiveFileName = 'a.jar' }\n"])
    #expect(result.finalStage.hasPrefix("FROM eclipse-temurin:17-jre\nWORKDIR /home/gradle\n"))
    #expect(result.finalStage.contains(brings("/home/gradle/build/libs/a.jar") + "WORKDIR build/libs\n"))
  }

  @Test("a broken pom is declined with file and line")
  func brokenPom() {
    let result = maven("RUN mvn package\n\(start)", files: ["pom.xml": "<project>\n<version>1</versio>\n</project>"])
    guard case .declined = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(result.findings.contains { $0.id == .brokenManifest && $0.file == "pom.xml" && $0.line == 2 })
  }

  @Test("options may stand between -jar and the archive, and a variable before it")
  func archiveWord() {
    for words in ["-jar -Dx=1 target/app-1.jar", "$JAVA_OPTS -jar target/app-1.jar a b", "-cp x -jar target/app-1.jar"]
    {
      let result = maven("RUN mvn package\nCMD java \(words)")
      #expect(result.finalStage.contains(brings("/app/target/app-1.jar")), "\(words)")
    }
    #expect(maven("RUN mvn package\nCMD java -jar $JAR").reason == .opaqueEffects)
  }

  @Test("a build argument may not decide what a wildcard or a folder stands for")
  func arguments() {
    let versioned = pom.replacing("<version>1</version>", with: "<version>${revision}</version>")
    let lines = "ARG VERSION=1\nRUN mvn -Drevision=$VERSION package\nCMD java -jar target/*.jar"
    #expect(maven(lines, files: ["pom.xml": versioned]).reason == .sameValues)
    let moved = lines.replacing(
      "package\nCMD java -jar target/*.jar", with: "package && mv target/*.jar a.jar\nCMD java -jar a.jar")
    #expect(maven(moved, files: ["pom.xml": versioned]).isRewritten)
    let folder = "ARG HOME_DIR=/srv\nWORKDIR $HOME_DIR\nCOPY . .\nRUN mvn package\n\(start)"
    #expect(maven(folder).reason == .sameValues)
  }

  @Test("what a build may call stays in the builder, with users that later lines name")
  func installedBeforeBuild() {
    let file =
      "FROM eclipse-temurin:17-jdk-alpine\nRUN apk add --no-cache bash libc6-compat\nRUN adduser -S app\nRUN mkdir /data && chown app /data\nWORKDIR /app\nCOPY . .\nRUN ./gradlew jar\nUSER app\nCMD [\"java\", \"-jar\", \"build/libs/app.jar\"]\n"
    let result = convert(file, files: ["build.gradle": "", "gradlew": "#!/usr/bin/env bash\n"])
    for line in ["apk add --no-cache bash libc6-compat", "adduser -S app", "mkdir /data && chown app /data"] {
      #expect(result.builderStage.contains("RUN " + line), "\(line)")
    }
    #expect(result.finalStage.contains("RUN apk add --no-cache bash\n"))
    #expect(result.finalStage.contains("RUN adduser -S app\nRUN mkdir /data && chown app /data\n"))
  }

  @Test("an agent brings what lies beside it")
  func agent() {
    let result = maven(
      "ENV JAVA_OPTS=\"-Xmx1g -javaagent:/app/newrelic/newrelic.jar\"\nRUN mvn package\nCMD java $JAVA_OPTS -jar target/app-1.jar",
      files: ["newrelic/newrelic.jar": "x", "newrelic/newrelic.yml": "a: 1"])
    #expect(result.finalStage.contains(brings("/app/newrelic")))
  }

  @Test("a user that only the build tool's image has keeps the file as it is")
  func baseUser() {
    let gradle = ["build.gradle": "jar { archiveFileName = 'a.jar' }\n", "conf.yml": "a: 1\n"]
    let file =
      "FROM gradle:8-jdk17\nWORKDIR /app\nCOPY . .\nRUN gradle jar\nUSER gradle\nCMD java -jar build/libs/a.jar\n"
    #expect(convert(file, files: gradle).reason == .missingAtRunTime)
    let owned = file.replacing("USER gradle", with: "COPY --chown=gradle conf.yml /etc/conf.yml")
    #expect(convert(owned, files: gradle).reason == .missingAtRunTime)
    #expect(convert(owned.replacing("=gradle", with: "=1000"), files: gradle).isRewritten)
  }

  @Test("a computed name is told with its place, also where it is not needed")
  func computedName() {
    let files = ["build.gradle": "plugins { id 'java' }\nversion = describe()\n"]
    let file = "FROM gradle:8-jdk17\nWORKDIR /app\nCOPY . .\nRUN gradle jar\nCMD java -jar build/libs/app-1.jar\n"
    for (text, isRewritten) in [(file, true), (file.replacing("app-1.jar", with: "*.jar"), false)] {
      let result = convert(text, files: files)
      #expect(result.isRewritten == isRewritten)
      #expect(result.findings.contains { $0.id == .computedName && $0.file == "build.gradle" && $0.line == 2 })
    }
  }

  @Test("a line without a runtime image keeps the JDK and says so")
  func noRuntimeImage() {
    let result = maven("RUN mvn package\n\(start)", base: "maven:3.8-openjdk-17-slim")
    #expect(result.plan?.runtime == "openjdk:17-slim")
    #expect(result.findings.contains { $0.id == .noRuntimeImage })
  }

  @Test("a class path may name folders that are not there; what surely is there holds them")
  func classPath() {
    let sloppy = maven("RUN mvn package\nCMD [\"java\", \"-cp\", \"target/classes:target/extra/*\", \"a.A\"]")
    #expect(sloppy.finalStage.contains(brings("/app/target")))
    let sure = maven(
      "RUN mvn package dependency:copy-dependencies\nCMD java -cp target/classes:target/dependency/* a.A")
    #expect(sure.finalStage.contains(brings("/app/target/classes") + brings("/app/target/dependency")))
    let both = maven("RUN mvn package\nCMD java -cp target/x/conf:target/x/lib/* a.A")
    #expect(both.finalStage.contains(brings("/app/target/x")))
  }

  @Test("a program that runs while the image is built may have written anything")
  func programInBuild() {
    let result = maven("RUN mvn package && java -jar target/app-1.jar --make-database=/data\n\(start)")
    #expect(result.reason == .opaqueEffects)
  }

  @Test("an agent that nothing is known to bring keeps the file as it is")
  func unknownAgent() {
    let script = "#!/bin/sh\ncurl -o agent.jar https://example.com/agent.jar\n"
    let lines =
      "RUN sh fetch.sh\nRUN mvn package\nCMD [\"java\", \"-javaagent:agent.jar\", \"-jar\", \"target/app-1.jar\"]"
    #expect(maven(lines, files: ["fetch.sh": script]).reason == .missingAtRunTime)
  }

  @Test("folders of manual pages that the runtime's package wants are made before it is installed")
  func manualFolders() {
    let base =
      "debian:bullseye-slim\nRUN mkdir -p /usr/share/man/man1 && apt-get update && apt-get install -y openjdk-11-jdk-headless maven"
    let result = maven("RUN mvn package\n\(start)", base: base)
    #expect(
      result.finalStage.hasPrefix("FROM debian:bullseye-slim\nRUN mkdir -p /usr/share/man/man1\nRUN apt-get update"))
    #expect(!result.finalStage.contains("COPY --from=builder /usr/share/man"))
  }

  @Test("a program that a script calls has to be in the final image or come by a package")
  func calledPrograms() {
    let script = "#!/bin/bash\nps aux\nexec java -jar target/app-1.jar\n"
    let with = maven(
      "RUN apt-get update && apt-get install -y procps\nRUN mvn package\nCMD [\"./run.sh\"]", files: ["run.sh": script])
    #expect(with.plan?.runtime == "eclipse-temurin:17-jre" && with.finalStage.contains(" procps "))
    let odd = maven(
      "RUN mvn package\nCMD [\"./run.sh\"]", files: ["run.sh": script.replacing("ps aux", with: "frobnicate")])
    #expect(odd.reason == .missingAtRunTime)
  }

  @Test("a wildcard that may stand for several archives brings their folder")
  func severalArchives() {
    let files = [
      "build.gradle": "plugins { id 'java'; id 'org.springframework.boot' version '3.2.0' }\nversion = '1'\n"
    ]
    let file = "FROM gradle:8-jdk17\nWORKDIR /app\nCOPY . .\nRUN gradle build\nCMD java -jar build/libs/*.jar\n"
    #expect(convert(file, files: files).finalStage.contains(brings("/app/build/libs")))
    let one = convert(file.replacing("gradle build", with: "gradle bootJar"), files: files)
    #expect(one.finalStage.contains(brings("/app/build/libs/app-1.jar")))
  }
}
