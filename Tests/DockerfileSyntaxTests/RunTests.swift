import DockerfileSyntax
import Testing

struct RunTests {
  @Test("reads the flags and the command of RUN")
  func flags() throws {
    let text = "RUN --mount=type=cache,target=/c --mount=type=bind --network=none --security=insecure make x\n"
    let instruction = try #require(Instruction(parsing: text))
    let run = try #require(Run(instruction))
    #expect(run.mounts.map(\.type) == ["cache", "bind"])
    #expect(run.network == "none")
    #expect(run.security == "insecure")
    #expect(run.command == .shell("make x"))
    #expect(Run(try #require(Instruction(parsing: "CMD a"))) == nil)
    #expect(Run(try #require(Instruction(parsing: "RUN <<x\n1\nx\n")))?.heredocs.map(\.name) == ["x"])
  }

  @Test(
    "reads the fields of a mount",
    arguments: [
      ("type=cache,target=/a", "cache", "/a"), ("target=/a", "bind", "/a"), ("TYPE=secret,Dst=/b", "secret", "/b"),
      ("type=bind,destination=/c,ro", "bind", "/c"), ("type=bind,\"target=/a,b\"", "bind", "/a,b"),
      ("type=tmpfs,\"target=/a \"\"b\"\"\"", "tmpfs", "/a \"b\""), ("", "bind", nil), ("type=ssh,,", "ssh", nil),
      ("target=/a,target=/b", "bind", "/b"), ("target=a=b", "bind", "a=b"),
    ] as [(String, String, String?)])
  func mount(value: String, type: String, target: String?) {
    #expect(Mount(value).type == type)
    #expect(Mount(value).target == target)
  }

  @Test("reads what a mount is made of")
  func mountDetails() {
    let mount = Mount("type=bind,from=Build,src=/s,id=i,readonly")
    #expect(mount.from == "Build")
    #expect(mount.source == "/s")
    #expect(mount.id == "i")
    #expect(mount.fields.last == BuilderFlag(name: "readonly", value: nil))
  }
}
