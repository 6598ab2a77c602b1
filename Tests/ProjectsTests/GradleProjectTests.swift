import ContextFiles
import Projects
import Testing

struct GradleProjectTests {
  private func read(_ files: [String: String], properties: [String: String] = [:]) -> GradleProject {
    let reader = ContextReader.memory(files)
    return GradleProject.read(
      at: ".", rootName: "folder", properties: properties, in: ContextListing(reader), reader: reader)
  }

  private let boot = "plugins {\n  id 'java'\n  id 'org.springframework.boot' version '3.2.0'\n}\n"

  @Test("the archive bears the root's name and version")
  func names() {
    let settings = "rootProject.name = 'svc'\n"
    #expect(
      read(["settings.gradle": settings, "build.gradle": "version = '1.0'\n"]).modules[0].archives[.jar]
        == "build/libs/svc-1.0.jar")
    #expect(read(["build.gradle": "version '2'\n"]).modules[0].archives[.jar] == "build/libs/folder-2.jar")
    #expect(
      read(["build.gradle.kts": "", "gradle.properties": "version=3\n"]).modules[0].archives[.jar]
        == "build/libs/folder-3.jar")
    #expect(
      read(["build.gradle": ""], properties: ["version": "4"]).modules[0].archives[.jar] == "build/libs/folder-4.jar")
  }

  @Test("Spring Boot makes a plain archive beside its own, the shadow plug-in one with everything")
  func plugins() {
    let module = read(["build.gradle": boot + "version = '1'\n"]).modules[0]
    #expect(module.archives[.bootJar] == "build/libs/folder-1.jar")
    #expect(module.archives[.jar] == "build/libs/folder-1-plain.jar")
    let shadow = read(["build.gradle.kts": "plugins {\n  id(\"com.gradleup.shadow\") version \"8\"\n}\n"]).modules[0]
    #expect(shadow.archives[.shadowJar] == "build/libs/folder-all.jar")
    let war = read(["build.gradle": boot + "apply plugin: 'war'\n"]).modules[0]
    #expect(war.archives[.bootWar] == "build/libs/folder.war" && war.archives[.war] == "build/libs/folder-plain.war")
  }

  @Test(
    "a task's own settings win",
    arguments: [
      "bootJar {\n  archiveFileName = 'app.jar'\n}", "tasks.bootJar {\n  archiveFileName.set(\"app.jar\")\n}",
      "tasks.named<BootJar>(\"bootJar\") {\n  archiveFileName = \"app.jar\"\n}", "bootJar.archiveFileName = 'app.jar'",
      "bootJar {\n  archiveName 'app.jar' // old\n}", "bootJar { archiveBaseName = 'app'; archiveVersion = '' }",
      "def n = 'app'\nbootJar {\n  archiveFileName = \"${n}.jar\"\n}",
      "base {\n  archivesName = 'app'\n}\nbootJar {\n  archiveVersion.set(\"\")\n}",
      "archivesBaseName = 'app'\nversion = ''", "bootJar {\n  archiveFileName = 'ap' +\n    'p.jar'\n}",
    ])
  func settings(text: String) {
    #expect(
      read(["build.gradle": boot + "version = '1'\n" + text + "\n"]).modules[0].archives[.bootJar]
        == "build/libs/app.jar")
  }

  @Test("a task that is switched off makes nothing")
  func disabled() {
    for text in ["jar {\n  enabled = false\n}", "tasks.jar {\n  isEnabled = false\n}", "jar.enabled = false"] {
      #expect(read(["build.gradle": boot + text + "\n"]).modules[0].archives[.jar] == nil, "\(text)")
    }
  }

  @Test("projects are found through settings, and what the root says about all of them holds")
  func modules() {
    let project = read([
      "settings.gradle.kts": "rootProject.name = \"top\"\ninclude(\":web\", \":libs:core\")\n",
      "build.gradle.kts": "allprojects {\n  version = \"5\"\n}\nsubprojects {\n  apply(plugin = \"application\")\n}\n",
      "web/build.gradle.kts": "application {\n  applicationName = \"shop\"\n}\n", "libs/core/build.gradle.kts": "",
      "extra/build.gradle": "version = '6'\n",
    ])
    #expect(project.modules.map(\.folder) == [".", "web", "libs/core", "extra"])
    #expect(project.modules[1].archives[.jar] == "build/libs/web-5.jar")
    #expect(project.modules[1].installation == "build/install/shop")
    #expect(project.modules[2].archives[.jar] == "build/libs/core-5.jar")
    #expect(project.modules[3].archives[.jar] == "build/libs/extra-6.jar")
  }

  @Test(
    "a version that is computed is a problem with its line",
    arguments: [
      "version = \"git describe\".execute().text.trim()", "version = providers.exec { }.get()",
      "version = System.getenv('V') ?: '1'", "version = readVersion()",
    ])
  func computed(text: String) {
    let module = read(["build.gradle": boot + text + "\n"]).modules[0]
    #expect(module.archives[.bootJar] == nil)
    #expect(module.problem?.file == "build.gradle" && module.problem?.line == 5)
    #expect(module.problem?.message.hasPrefix("the version is computed") == true)
  }

  @Test("comments, strings with braces and broken text do not mislead")
  func noise() {
    let text = """
      // version = '9'
      /* version = '8'
      */ version = '1'
      println "{ } // ' "
      def x = '''
      version = '7'
      '''
      task a { doLast { version = '6' } }
      """
    #expect(read(["build.gradle": text]).modules[0].archives[.jar] == "build/libs/folder-1.jar")
    for length in 0..<text.utf8.count {
      _ = read(["build.gradle": String(decoding: text.utf8.prefix(length), as: UTF8.self)])
    }
  }
}
