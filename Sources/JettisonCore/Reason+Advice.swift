extension Reason {
  /// What the author could change so that the file would be rewritten, one sentence without a full stop.
  public var advice: String {
    switch self {
    case .ignored: "take out the comment or the setting that says so, when the file may be rewritten"
    case .alreadyMultiStage: "nothing has to; to start anew, join the stages into one and let Jettison split them"
    case .noCommand:
      "add CMD or ENTRYPOINT where the image starts a program; an image that others build upon keeps its tools"
    case .baseImage: "nothing has to: images that others build upon keep their tools"
    case .devImage:
      "let CMD start the program itself, built beforehand, and keep the development server for a compose override"
    case .startNeedsToolchain:
      "build in a RUN line and let CMD start the result, such as a binary, compiled files or a jar"
    case .onbuild: "write the COPY and RUN lines of the triggers into the file, on a base without ONBUILD"
    case .windows: "nothing has to: Windows images keep their form"
    case .unknownBase:
      "start from an image of the catalogue, or say with --map which image of it a private one stands for"
    case .prebuiltArtefact: "build the program in the file, so that there is a tool chain to leave behind"
    case .staticSite: "build the site in the file, so that there is a tool chain to leave behind"
    case .infrastructure: "nothing has to: the image is its base with settings"
    case .scriptOnly: "nothing has to: there is no build whose tools could stay behind"
    case .nothingToGain: "nothing has to: the image is as small as its base allows"
    case .noRuntimeVariant: "name a version and a variant in FROM that has a slimmer sister, without a digest"
    case .opaqueEffects:
      "write the step with commands that name what they write, let it write below one folder, or take it out"
    case .nothingLost: "report the file: an instruction without a place is a fault of Jettison"
    case .samePaths: "install dependencies where the tool puts them by itself, and name no path that would move"
    case .sameConfiguration: "set the value that the sentence names with ENV, USER, WORKDIR or ENTRYPOINT in the file"
    case .missingAtRunTime:
      "install what is called with the package manager, or start the program without it"
    case .sameLibc: "name a release in FROM, or build without C, such as with CGO_ENABLED=0"
    case .copySource: "let the step write into a folder of its own rather than among the system's files"
    case .sameValues: "write the value out, or declare the argument with a default before the line that reads it"
    case .completeContext: "take the pattern that hides the file out of the ignore file, or the file out of COPY"
    case .noLeak: "mount the credentials with --mount=type=secret instead of copying them"
    case .fixedPoint: "report the file: a result that would change again is a fault of Jettison"
    case .sameOwner:
      "give files away with COPY --chown, or make the folder and its owner before files are copied into it"
    case .buildsAsBefore: "make every build of the file use the same context and the same lines"
    }
  }
}
