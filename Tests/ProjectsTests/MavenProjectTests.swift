import ContextFiles
import Projects
import Testing

struct MavenProjectTests {
  private func read(
    _ files: [String: String], properties: [String: String] = [:]
  ) -> Result<MavenProject, ProjectProblemError> {
    let reader = ContextReader.memory(files)
    return MavenProject.read("pom.xml", properties: properties, in: ContextListing(reader), reader: reader)
  }

  private func pom(_ content: String) -> String {
    "<project>\n<artifactId>app</artifactId>\n<version>1.2</version>\n\(content)\n</project>"
  }

  private func plugin(_ name: String, _ configuration: String) -> String {
    pom(
      "<build><plugins><plugin><artifactId>\(name)</artifactId><configuration>\(configuration)</configuration></plugin></plugins></build>"
    )
  }

  @Test("the archive bears the artefact's name and version, and its packaging's ending")
  func plain() throws {
    #expect(try read(["pom.xml": pom("")]).get().modules[0].archives == ["target/app-1.2.jar"])
    #expect(
      try read(["pom.xml": pom("<packaging>war</packaging>")]).get().modules[0].archives == ["target/app-1.2.war"])
    #expect(try read(["pom.xml": pom("<packaging>pom</packaging>")]).get().modules[0].archives == [])
  }

  @Test(
    "a final name is resolved through properties, the command line's first",
    arguments: [
      ("<build><finalName>svc</finalName></build>", "target/svc.jar"),
      ("<properties><n>x-${v}</n><v>7</v></properties><build><finalName>${n}</finalName></build>", "target/x-7.jar"),
      ("<build><finalName>${project.artifactId}-${project.version}-b</finalName></build>", "target/app-1.2-b.jar"),
      ("<properties><given>no</given></properties><build><finalName>${given}</finalName></build>", "target/yes.jar"),
      ("<build><directory>out</directory></build>", "out/app-1.2.jar"),
    ])
  func finalName(content: String, archive: String) throws {
    let project = try read(["pom.xml": pom(content)], properties: ["given": "yes"]).get()
    #expect(project.modules[0].archives == [archive])
    #expect(project.modules[0].problem == nil)
  }

  @Test(
    "packaging plug-ins add their archives",
    arguments: [
      ("spring-boot-maven-plugin", "<classifier>exec</classifier>", "target/app-1.2-exec.jar"),
      (
        "maven-assembly-plugin",
        "<descriptorRefs><descriptorRef>jar-with-dependencies</descriptorRef></descriptorRefs>",
        "target/app-1.2-jar-with-dependencies.jar"
      ),
      (
        "maven-shade-plugin", "<outputFile>${project.build.directory}/${project.artifactId}-fat.jar</outputFile>",
        "target/app-fat.jar"
      ),
      ("maven-shade-plugin", "<shadedArtifactAttached>true</shadedArtifactAttached>", "target/app-1.2-shaded.jar"),
      ("maven-jar-plugin", "<finalName>old</finalName>", "target/old.jar"),
      ("quarkus-maven-plugin", "", "target/app-1.2-runner.jar"),
    ])
  func plugins(name: String, configuration: String, archive: String) throws {
    #expect(try read(["pom.xml": plugin(name, configuration)]).get().modules[0].archives.contains(archive))
  }

  @Test("a plug-in nobody knows may make anything")
  func unknownPlugin() throws {
    #expect(try read(["pom.xml": plugin("capsule-maven-plugin", "")]).get().modules[0].isComplete == false)
    #expect(try read(["pom.xml": plugin("maven-surefire-plugin", "")]).get().modules[0].isComplete)
  }

  @Test("the folder that the manifest names is a companion only where a plug-in fills it")
  func companions() throws {
    let manifest =
      "<plugin><artifactId>maven-jar-plugin</artifactId><configuration><archive><manifest><addClasspath>true</addClasspath><classpathPrefix>lib/</classpathPrefix></manifest></archive></configuration></plugin>"
    let copy =
      "<plugin><artifactId>maven-dependency-plugin</artifactId><executions><execution><configuration><outputDirectory>${project.build.directory}/lib</outputDirectory></configuration></execution></executions></plugin>"
    func companions(_ plugins: String) throws -> [String] {
      try read(["pom.xml": pom("<build><plugins>\(plugins)</plugins></build>")]).get().modules[0].companions
    }
    #expect(try companions(manifest + copy) == ["target/lib"])
    #expect(try companions(manifest) == [])
    #expect(try companions(copy) == [])
  }

  @Test("modules inherit from parents in the tree; those of the repository are not missed")
  func modules() throws {
    let child =
      "<project><parent><artifactId>app</artifactId><version>${rev}</version></parent><artifactId>web</artifactId></project>"
    let project = try read([
      "pom.xml":
        "<project><artifactId>app</artifactId><version>${rev}</version><packaging>pom</packaging><modules><module>web</module><module>gone</module></modules><properties><rev>3</rev></properties><build><finalName>${project.artifactId}</finalName></build></project>",
      "web/pom.xml": child,
    ]).get()
    #expect(project.modules.map(\.file) == ["pom.xml", "web/pom.xml"])
    #expect(project.modules[1].version == "3")
    #expect(project.modules[1].archives == ["target/web.jar"])
  }

  @Test("a version that nothing in the tree sets is a problem with its line")
  func unresolvable() throws {
    let text =
      "<project>\n<parent><artifactId>far</artifactId><version>1</version></parent>\n<artifactId>x</artifactId>\n<version>${rev}</version>\n</project>"
    let module = try read(["pom.xml": text]).get().modules[0]
    #expect(module.version == nil && module.archives == [])
    #expect(module.problem?.file == "pom.xml" && module.problem?.line == 4)
    #expect(module.problem?.message.contains("'${rev}'") == true)
    let named = text.replacing("</project>", with: "<build><finalName>x</finalName></build></project>")
    #expect(try read(["pom.xml": named]).get().modules[0].problem == nil)
  }

  @Test("a broken or foreign file is a problem")
  func broken() {
    guard case .failure(let error) = read(["pom.xml": "<project>\n<a></b>"]) else {
      Issue.record("it was read")
      return
    }
    #expect(error.problem.line == 2)
    guard case .failure(let other) = read(["pom.xml": "<settings/>"]) else {
      Issue.record("it was read")
      return
    }
    #expect(other.problem.message == "<settings> is no Maven project")
  }

  @Test("modules and properties that name themselves come to an end")
  func circles() throws {
    let text = pom(
      "<modules><module>.</module></modules><properties><a>${b}</a><b>${a}</b></properties><build><finalName>${a}</finalName></build>"
    )
    let project = try read(["pom.xml": text]).get()
    #expect(project.modules.count == 1 && project.modules[0].problem != nil)
  }
}
