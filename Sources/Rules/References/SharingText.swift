import Analysis
import ProgramModel

/// The words in which findings say why others can have an object.
struct SharingText {
  let package: PackageModel
  /// The function that works on the object.
  let function: FunctionID

  private func name(_ function: FunctionID) -> String { "'\(package[function].name)'" }

  /// `which Python passes to 'f'`, to stand behind the object's name and a comma.
  func clause(_ reason: SharedReason) -> String {
    switch reason {
    case .argument(let entry):
      return entry == function
        ? "which the caller passes and other threads can have as well"
        : "which Python passes to \(name(entry)) and other threads can have as well"
    case .passed(let entry):
      return entry == function
        ? "which the caller passes and other threads can have as well"
        : "which comes from an argument of \(name(entry)) that other threads can have as well"
    case .variable(let id):
      return "the static object '\(package[id].name)', which all threads share"
    case .field(let record, let name):
      return
        "held by the field '\(name)' of '\(record)', which every thread that has the object sees"
    case .instanceDict(let api):
      return "the '__dict__' of an object that others can have ('\(api)' finds it there)"
    case .attribute(let api):
      return
        "which belongs to another object ('\(api)' finds it there) and is not the function's own"
    case .item(let api):
      return api.isEmpty
        ? "which belongs to another container" : "which '\(api)' takes out of another container"
    case .returned(let function):
      return "which \(name(function)) returns, and others can have as well"
    case .published(let how):
      return
        "made here, but \(how == "a store" ? "a store" : "'\(how)'") has given it to others before"
    case .unknown(let api):
      return api.isEmpty
        ? "whose origin is not known" : "which '\(api)' returns, perhaps not to this thread alone"
    }
  }
}
