import Foundation

/// What one run of the fuzzer exercises; the variable `FUZZ_TARGET` names it.
enum FuzzTarget: String {
  case dockerfile, shell, ignore, conversion

  func run(_ bytes: [UInt8]) {
    switch self {
    case .dockerfile: fuzzDockerfile(bytes)
    case .shell: fuzzShell(bytes)
    case .ignore: fuzzIgnoreFile(bytes)
    case .conversion: fuzzConversion(bytes)
    }
  }
}

private let target: FuzzTarget = {
  guard let target = ProcessInfo.processInfo.environment["FUZZ_TARGET"].flatMap(FuzzTarget.init(rawValue:)) else {
    fatalError("FUZZ_TARGET must be dockerfile, shell, ignore or conversion")
  }
  return target
}()

/// libFuzzer's entry: called with one input after another; a trap is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
