import ContextFiles
import JettisonCore

/// A person's or a repository's choices, each empty where nothing is said.
struct Settings {
  /// Passes that are switched on or off.
  var passes: [Pass: Bool] = [:]
  /// Whether assumptions are refused.
  var isStrict: Bool?
  /// The kind of the final base.
  var runtime: RuntimeBase?
  /// Other names of known images.
  var maps: [ImageMap] = []
  /// The folder with templates.
  var templates: String?
  /// What a batch leaves out, as seen from the file's folder.
  var exclude: IgnoreFile?

  /// These choices, and the other's where these say nothing.
  func over(_ other: Settings) -> Settings {
    var result = other
    result.passes.merge(passes) { $1 }
    result.isStrict = isStrict ?? other.isStrict
    result.runtime = runtime ?? other.runtime
    result.maps = maps + other.maps.filter { map in !maps.contains { $0.old == map.old } }
    result.templates = templates ?? other.templates
    result.exclude = exclude ?? other.exclude
    return result
  }

  /// The choices as the conversion takes them.
  var options: ConversionOptions {
    var options = ConversionOptions()
    options.passes = passes
    options.isStrict = isStrict ?? false
    options.runtime = runtime
    options.maps = maps
    return options
  }
}
