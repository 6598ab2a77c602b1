import Projects
import Testing

struct DockerfileNameTests {
  @Test(
    "takes the names people give to Dockerfiles",
    arguments: [
      "Dockerfile", "dockerfile", "DOCKERFILE", "DockerFile", "Containerfile", "containerfile", "Dockerfile.dev",
      "dockerfile.prod", "Dockerfile.api.prod", "Containerfile.dev", "api.Dockerfile", "api.dockerfile",
      "a.b.DockerFile", "web.containerfile", "Dockerfile.1", "Dockerfile.alpine", "Dockerfile.windows",
    ])
  func certain(name: String) {
    #expect(DockerfileName(name) == .certain)
  }

  @Test(
    "leaves names that sources and documents share to the content",
    arguments: [
      "Dockerfile.go", "dockerfile.py", "Dockerfile.swift", "Containerfile.swift", "Dockerfile.java", "Dockerfile.sh",
      "dockerfile.json", "Dockerfile.txt", "Dockerfile-dev", "Dockerfile_prod",
    ])
  func possible(name: String) {
    #expect(DockerfileName(name) == .possible)
  }

  @Test(
    "passes over what only looks like a Dockerfile",
    arguments: [
      "Dockerfile.dockerignore", ".dockerignore", "api.Dockerfile.dockerignore", "Dockerfile.orig", "Dockerfile.bak",
      "Dockerfile~", "Dockerfile.dev~", "Dockerfile.j2", "Dockerfile.tmpl", "Dockerfile.tpl", "Dockerfile.erb",
      "Dockerfile.in", "Dockerfile.dev.j2", "Dockerfile.J2", "api.Dockerfile.tmpl", "Dockerfile.template",
      "Dockerfile-old", "Dockerfile_template", "Dockerfile.md", "Dockerfile.swp", ".Dockerfile.swp", ".dockerfile",
      "Dockerfile.patch", "Dockerfiles", "MyDockerfile", "dockerfile2", "Dockerfile.", "Dockerfile-", "Docker", "",
      "docker-compose.yml", "Dockerfile.rej",
    ])
  func lookalikes(name: String) {
    #expect(DockerfileName(name) == nil)
  }
}
