import DockerfileSyntax
import JettisonCore
import Testing

/// The hard cases of Java, by number.
struct JavaHardCaseTests {
  private func pom(_ more: String = "", packaging: String = "jar") -> String {
    "<project><groupId>a</groupId><artifactId>shop</artifactId><version>1.0</version><packaging>\(packaging)</packaging>\(more)</project>"
  }

  private func files(_ more: [String: String] = [:]) -> [String: String] {
    ["pom.xml": pom(), "src/main/java/A.java": "class A {}"].merging(more) { $1 }
  }

  private func maven(
    _ base: String = "maven:3.9-eclipse-temurin-17", before: String = "", build: String = "mvn package",
    start: String = "CMD [\"java\", \"-jar\", \"target/shop-1.0.jar\"]\n"
  ) -> String {
    "FROM \(base)\n\(before)WORKDIR /app\nCOPY . .\nRUN \(build)\n\(start)"
  }

  private let jar = "/app/target/shop-1.0.jar"

  // MARK: Archives from the context

  @Test("row 99: under an archive of the context only the base changes, and no build is made up")
  func prebuilt() {
    let dockerfile =
      "FROM eclipse-temurin:17-jdk\nWORKDIR /app\nCOPY target/shop-1.0.jar app.jar\nCMD [\"java\", \"-jar\", \"app.jar\"]\n"
    let result = convert(dockerfile, files: files(["target/shop-1.0.jar": "x"]))
    #expect(result.outcome == .rebased && result.rewritten.text == dockerfile.replacing("17-jdk", with: "17-jre"))
  }

  @Test("row 100: a folder of results that a COPY takes is not hidden")
  func copiedResults() {
    let copy = "FROM eclipse-temurin:17-jdk\nCOPY target/*.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n"
    let copied = convert(copy, files: files(["target/shop-1.0.jar": "x"]))
    #expect(copied.outcome == .rebased && copied.ignoreFile?.added.contains("target") == false)
    let gradle = copy.replacing("target/*.jar", with: "build/libs/*.jar")
    let libs = convert(gradle, files: ["build.gradle": "x", "build/libs/a.jar": "x"])
    #expect(libs.ignoreFile?.added.contains("build") == false)
    #expect(convert(maven(), files: files()).ignoreFile?.added.contains("target") == true)
  }

  @Test(
    "row 101: the runtime has the vendor, release and system of the JDK, or there is none",
    arguments: [
      ("eclipse-temurin:17-jdk-jammy", "eclipse-temurin:17-jre-jammy"),
      ("eclipse-temurin:21-jdk-alpine", "eclipse-temurin:21-jre-alpine"),
      ("openjdk:8-jdk-alpine", "openjdk:8-jre-alpine"), ("openjdk:17", nil), ("amazoncorretto:17", nil),
    ])
  func runtimes(base: String, runtime: String?) {
    let result = convert(
      "FROM \(base)\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n", files: ["app.jar": "x"])
    #expect(result.plan?.runtime == runtime)
    if runtime == nil { #expect(result.reason == .noRuntimeVariant) }
  }

  // MARK: What the program needs

  @Test(
    "row 102: a program that needs the JDK keeps it",
    arguments: [
      ("src/main/java/A.java", "import javax.tools.ToolProvider;\nclass A {}"),
      ("src/main/java/A.java", "class A { void f() { new ProcessBuilder(\"jcmd\", \"1\"); } }"),
      ("start.sh", "#!/bin/sh\njmap -dump 1\nexec java -jar target/shop-1.0.jar\n"),
      ("src/main/java/A.java", "class A { String s = \"lib/tools.jar\"; }"),
    ])
  func needsToolchain(path: String, text: String) {
    let start =
      path == "start.sh" ? "CMD [\"sh\", \"start.sh\"]\n" : "CMD [\"java\", \"-jar\", \"target/shop-1.0.jar\"]\n"
    let result = convert(maven(start: start), files: files([path: text]))
    #expect(result.plan?.runtime == "eclipse-temurin:17")
    #expect(convert(maven(), files: files()).plan?.runtime == "eclipse-temurin:17-jre")
  }

  @Test("row 103: fonts of the original stay, and so does its C library")
  func fonts() {
    let report = pom(
      "<dependencies><dependency><groupId>net.sf.jasperreports</groupId><artifactId>jasperreports</artifactId></dependency></dependencies>"
    )
    #expect(convert(maven(), files: files(["pom.xml": report])).plan?.runtime == "eclipse-temurin:17-jre")
    let lines = "RUN apk add --no-cache fontconfig ttf-dejavu\n"
    let alpine = convert(maven("maven:3.9-eclipse-temurin-17-alpine", before: lines), files: files(["pom.xml": report]))
    #expect(alpine.plan?.runtime == "eclipse-temurin:17-jre-alpine" && alpine.finalStage.contains(lines))
  }

  // MARK: Archives that are built

  @Test(
    "row 104: the archive travels under the name that the start command uses",
    arguments: [
      ("", "target/shop-1.0.jar", "target/shop-1.0.jar"),
      ("<build><finalName>app</finalName></build>", "target/app.jar", "target/app.jar"),
      ("<build><finalName>${project.artifactId}</finalName></build>", "target/*.jar", "target/shop.jar"),
    ])
  func names(build: String, start: String, archive: String) {
    let result = convert(maven(start: "CMD java -jar \(start)\n"), files: files(["pom.xml": pom(build)]))
    #expect(result.plan?.travels == ["/app/" + archive])
  }

  @Test("row 104: the plain archive beside the one that starts does not travel")
  func plainArchive() {
    let script =
      "plugins {\n  id 'java'\n  id 'org.springframework.boot' version '3.2.0'\n}\nversion = '1.0-SNAPSHOT'\n"
    let result = convert(
      "FROM gradle:8-jdk17\nWORKDIR /app\nCOPY . .\nRUN gradle build\nCMD java -jar build/libs/*-SNAPSHOT.jar\n",
      files: [
        "settings.gradle": "rootProject.name = 'shop'\n", "build.gradle": script, "src/main/java/A.java": "class A {}",
      ])
    #expect(result.plan?.travels == ["/app/build/libs/shop-1.0-SNAPSHOT.jar"])
  }

  @Test("row 105: a pattern in the start command keeps its shell and its folder")
  func pattern() {
    let result = convert(maven(start: "CMD java -jar target/*.jar\n"), files: files())
    #expect(result.plan?.travels == [jar] && result.finalStage.contains("CMD java -jar target/*.jar"))
    let two = pom("<build><plugins><plugin><artifactId>some-archive-plugin</artifactId></plugin></plugins></build>")
    let unsure = convert(maven(start: "CMD java -jar target/*.jar\n"), files: files(["pom.xml": two]))
    #expect(unsure.plan?.travels == ["/app/target"], "another plug-in may make a second archive")
  }

  @Test("row 106: layers that the author unpacks travel, and none are made up")
  func layers() {
    let unpack =
      "mvn package && java -Djarmode=tools -jar target/shop-1.0.jar extract --layers --launcher --destination /opt/app"
    let start = "WORKDIR /opt/app\nCMD [\"java\", \"org.springframework.boot.loader.launch.JarLauncher\"]\n"
    let result = convert(maven(build: unpack, start: start), files: files())
    #expect(result.plan?.travels == ["/opt/app"] && result.builderStage.contains("RUN " + unpack))
    #expect(!convert(maven(), files: files()).rewritten.text.contains("jarmode"))
  }

  @Test("row 107: of several modules the one that starts travels, and its options stay")
  func modules() {
    func module(_ name: String) -> String {
      "<project><parent><groupId>a</groupId><artifactId>shop</artifactId><version>1.0</version></parent><artifactId>\(name)</artifactId></project>"
    }
    let dockerfile =
      "FROM maven:3.9-eclipse-temurin-17\nWORKDIR /app\nCOPY pom.xml .\nCOPY core/pom.xml core/\nCOPY api/pom.xml api/\nRUN mvn dependency:go-offline\nCOPY . .\nRUN mvn -pl api -am package\nCMD [\"java\", \"-jar\", \"api/target/api-1.0.jar\"]\n"
    let result = convert(
      dockerfile,
      files: [
        "pom.xml": pom("<modules><module>core</module><module>api</module></modules>", packaging: "pom"),
        "core/pom.xml": module("core"),
        "api/pom.xml": module("api"), "api/src/main/java/A.java": "class A {}",
      ])
    #expect(result.plan?.travels == ["/app/api/target/api-1.0.jar"])
    #expect(
      result.builderStage.contains(
        "COPY core/pom.xml core/\nCOPY api/pom.xml api/\nRUN mvn dependency:go-offline\nCOPY . .\nRUN mvn -pl api -am package\n"
      ))
  }

  @Test("row 108: wrappers keep the lines that make them run, and are not hidden")
  func wrappers() {
    let build = "sed -i 's/\\r$//' mvnw && chmod +x mvnw && ./mvnw package"
    let more = ["mvnw": "#!/bin/sh\n", ".mvn/wrapper/maven-wrapper.properties": "x"]
    let result = convert(maven("eclipse-temurin:17-jdk", build: build), files: files(more))
    #expect(result.plan?.travels == [jar] && result.builderStage.contains("RUN " + build))
    #expect(result.ignoreFile?.added == [".dockerignore", "Dockerfile", "target"])
    #expect(!result.finalStage.contains("mvnw"))
  }

  @Test("row 109: a server's image is not split without knowing it")
  func servers() {
    let war = ["pom.xml": pom(packaging: "war"), "target/shop.war": "x"]
    let copied = "FROM tomcat:9-jdk17\nCOPY target/shop.war /usr/local/tomcat/webapps/\n"
    #expect(convert(copied, files: files(war)).reason == .unknownBase)
    let fetched = "RUN curl -fsSL https://example.com/apache-tomcat-9.tar.gz | tar -xz -C /opt\n"
    let build = "mvn package && cp target/shop-1.0.war /opt/tomcat/webapps/ROOT.war"
    let result = convert(
      maven(before: fetched, build: build, start: "CMD [\"/opt/tomcat/bin/catalina.sh\", \"run\"]\n"), files: files(war)
    )
    #expect(result.reason == .missingAtRunTime)
  }

  @Test(
    "row 110: a build tool that starts the program keeps its image",
    arguments: ["[\"mvn\", \"spring-boot:run\"]", "[\"./gradlew\", \"bootRun\"]", "gradle run"])
  func buildToolAtStart(command: String) {
    #expect(convert(maven(start: "CMD \(command)\n"), files: files()).reason == .startNeedsToolchain)
  }

  @Test("row 111: settings with credentials and mounts stay in the builder")
  func settings() {
    let lines = "ARG PASSWORD\nCOPY settings.xml /root/.m2/settings.xml\n"
    let result = convert(
      maven(before: lines, build: "mvn -Dnexus.password=$PASSWORD package"), files: files(["settings.xml": "x"]))
    #expect(result.builderStage.contains(lines) && result.plan?.travels == [jar])
    #expect(!result.finalStage.contains("PASSWORD") && !result.finalStage.contains("settings"))
    let mount =
      "RUN --mount=type=cache,target=/root/.m2 --mount=type=secret,id=m2,target=/root/.m2/settings.xml mvn package\n"
    let mounted = convert(maven().replacing("RUN mvn package\n", with: mount), files: files())
    #expect(mounted.builderStage.contains(mount) && mounted.plan?.travels == [jar])
  }

  @Test(
    "row 112: tests of the build run as before", arguments: ["mvn package", "mvn -DskipTests package", "mvn verify"])
  func tests(build: String) {
    #expect(convert(maven(build: build), files: files()).builderStage.contains("RUN \(build)\n"))
  }

  @Test(
    "row 113: options in a variable stay, whatever the form of the command",
    arguments: [
      "CMD java $JAVA_OPTS -jar target/shop-1.0.jar\n",
      "ENTRYPOINT [\"sh\", \"-c\", \"exec java $JAVA_OPTS -jar target/shop-1.0.jar\"]\n",
      "CMD [\"java\", \"-jar\", \"target/shop-1.0.jar\"]\n",
    ])
  func options(start: String) {
    let result = convert(maven(before: "ENV JAVA_OPTS=\"-Xmx256m\"\n", start: start), files: files())
    #expect(result.finalStage.contains(start) && result.finalStage.contains("ENV JAVA_OPTS=\"-Xmx256m\"\n"))
    #expect(result.plan?.travels == [jar])
  }

  @Test("row 114: certificates go into the runtime's key store, agents and configuration travel")
  func certificates() {
    let line =
      "RUN keytool -importcert -noprompt -alias a -file /tmp/ca.crt -keystore $JAVA_HOME/lib/security/cacerts -storepass changeit\n"
    let dockerfile = maven(
      before: "COPY ca.crt /tmp/ca.crt\n" + line,
      start: "CMD [\"java\", \"-javaagent:agent/a.jar\", \"-jar\", \"target/shop-1.0.jar\"]\n")
    let result = convert(
      dockerfile,
      files: files(["ca.crt": "x", "agent/a.jar": "x", "agent/a.yml": "x", "config/application.yml": "a: 1"]))
    #expect(result.finalStage.contains("COPY --from=builder /tmp/ca.crt /tmp/ca.crt\n" + line))
    #expect(result.plan?.travels.sorted() == ["/app/agent", "/app/config", jar, "/tmp/ca.crt"])
  }

  @Test(
    "row 115: images that link their own runtime or compile to machine code are left alone",
    arguments: [
      (
        "maven:3.9-eclipse-temurin-17", "mvn package && jlink --add-modules java.base --output /jre", "/jre/bin/java",
        Reason.opaqueEffects
      ),
      (
        "maven:3.9-eclipse-temurin-17", "mvn package && native-image -jar target/shop-1.0.jar", "./shop", .opaqueEffects
      ),
      ("ghcr.io/graalvm/native-image-community:21", "./mvnw -Pnative native:compile", "target/shop", .unknownBase),
    ])
  func nativeImages(base: String, build: String, start: String, reason: Reason) {
    #expect(
      convert(maven(base, build: build, start: "CMD [\"\(start)\"]\n"), files: files(["mvnw": "#!/bin/sh\n"])).reason
        == reason)
  }
}
