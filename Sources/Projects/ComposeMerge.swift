import ContextFiles

extension ComposeFile {
  /// Files with what their services inherit: from the service they extend, and, where they have no `build`, from the
  /// service of the same name in another file of the folder, as with `docker-compose.override.yml`.
  ///
  /// - Parameters:
  ///   - files: the compose files, by path.
  ///   - read: another file that a service extends, by its path; nil when it cannot be read.
  public static func merging(
    _ files: [(path: String, file: ComposeFile)], read: (String) -> ComposeFile? = { _ in nil }
  ) -> [(path: String, file: ComposeFile)] {
    let known = Dictionary(files.map { ($0.path, $0.file) }) { first, _ in first }
    let extended = files.map { path, file in
      let services = (file.services + file.others).map { service in
        inherit(service, path, depth: 0) { known[$0] ?? read($0) }
      }
      return (path: path, services: services)
    }
    return extended.map { path, services in
      let all = services.map { service in
        guard !service.isBuilt else { return service }
        let neighbours = extended.filter { $0.path != path && ContextPath.parent($0.path) == ContextPath.parent(path) }
        let mains = neighbours.lazy.flatMap(\.services).filter { $0.name == service.name && $0.isBuilt }
        guard let main = mains.first else { return service }
        // A published image that the main file does not know has nothing to do with what is built.
        if let image = service.image, !image.contains("/"), image != main.image { return service }
        return service.over(main)
      }
      return (path, ComposeFile(services: all.filter(\.isBuilt), others: all.filter { !$0.isBuilt }))
    }
  }

  private static func inherit(
    _ service: Service, _ path: String, depth: Int, find: (String) -> ComposeFile?
  ) -> Service {
    guard let parent = service.parent, depth < 10 else { return service }
    let place = parent.file.map { ContextPath.join(ContextPath.parent(path), $0) } ?? path
    guard let file = find(place), let other = (file.services + file.others).first(where: { $0.name == parent.service })
    else { return service }
    var base = inherit(other, place, depth: depth + 1, find: find)
    // Its context is told from its own file.
    if let name = parent.file, !base.context.contains("://"), !base.context.hasPrefix("git@") {
      base.context = ContextPath.join(ContextPath.parent(name), base.context)
    }
    var merged = service.over(base)
    merged.parent = nil
    return merged
  }
}

extension ComposeFile.Service {
  /// The service with what it does not say taken from another one.
  fileprivate func over(_ base: Self) -> Self {
    var result = self
    if !isBuilt {
      result.context = base.context
      result.dockerfile = base.dockerfile
      result.inlineDockerfile = base.inlineDockerfile
      result.target = base.target
      result.isBuilt = base.isBuilt
    }
    result.image = image ?? base.image
    result.command = command ?? base.command
    result.entrypoint = entrypoint ?? base.entrypoint
    result.healthcheck = healthcheck ?? base.healthcheck
    result.mounts += base.mounts
    result.volumes += base.volumes
    result.environment.merge(base.environment) { own, _ in own }
    result.arguments.merge(base.arguments) { own, _ in own }
    return result
  }
}
