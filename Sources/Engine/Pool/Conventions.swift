import Synthesis

/// A tool's defaults for a random-effects analysis, so that its number can be had and explained.
public struct Conventions: Sendable {
  /// Word on the command line.
  public let name: String
  /// What it sets, in words.
  public let description: String
  private let set: @Sendable (inout PoolRequest) -> Void

  /// Sets the defaults in a request; options given beside it win.
  public func apply(to request: inout PoolRequest) {
    set(&request)
    request.conventions.append("as \(name): \(description)")
  }

  /// The conventions of a name.
  /// - Throws: 64 that lists the names there are.
  public static func named(_ name: String) throws(EvidenceError) -> Conventions {
    if let found = all.first(where: { $0.name == name.lowercased() }) { return found }
    throw EvidenceError(
      .usage, "--as \(name) is not known", hint: "choose from \(all.map(\.name).joined(separator: ", "))")
  }

  /// Every set of conventions.
  public static let all: [Conventions] = [
    Conventions(
      name: "metafor",
      description: "REML, normal inference, I² from tau², normal prediction interval, centred effects without an "
        + "intercept; MH and PETO without double-zero tables in Q (rma defaults)"
    ) {
      $0.method = .inverseVariance(.random(.reml))
      $0.inference = .normal
      $0.iSquared = .tauSquared
      $0.prediction = .normal
      $0.originWithoutIntercept = .centred
      $0.countMethodsDropDoubleZeros = true
    },
    Conventions(
      name: "meta", description: "REML, normal inference, I² from Q, prediction t with k − 1 df (meta ≥ 7 defaults)"
    ) {
      $0.method = .inverseVariance(.random(.reml))
      $0.inference = .normal
      $0.iSquared = .q
      $0.prediction = .t
    },
    Conventions(
      name: "revman5", description: "DerSimonian–Laird, normal inference, I² from Q, no prediction interval (RevMan 5)"
    ) {
      $0.method = .inverseVariance(.random(.derSimonianLaird))
      $0.inference = .normal
      $0.iSquared = .q
      $0.prediction = .none
    },
    Conventions(
      name: "cochrane-2025",
      description: "REML, Hartung–Knapp, Q-profile interval for tau², I² from tau², prediction t with k − 1 df "
        + "(RevMan since January 2025)"
    ) {
      $0.method = .inverseVariance(.random(.reml))
      $0.inference = .hartungKnapp
      $0.tauSquaredInterval = .qProfile
      $0.iSquared = .tauSquared
      $0.prediction = .t
    },
    Conventions(
      name: "stata", description: "REML, normal inference, I² from tau², prediction t with k − 2 df (meta summarize)"
    ) {
      $0.method = .inverseVariance(.random(.reml))
      $0.inference = .normal
      $0.iSquared = .tauSquared
      $0.prediction = .riley
    },
  ]
}
