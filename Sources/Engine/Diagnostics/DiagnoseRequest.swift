/// A case diagnostic, by its word on the command line.
public enum Diagnostic: String, Sendable, CaseIterable {
  case influence
  case leaveOneOut = "leave-one-out"
  case leaveOut = "leave-out"
  case cumulative
  case baujat
  case gosh
  case outliers
  case heterogeneity
  case profile
  case quantiles = "qq"

  /// Whether it is defined for models with moderators.
  var allowsModerators: Bool {
    switch self {
    case .influence, .baujat, .outliers, .heterogeneity, .profile, .quantiles: true
    case .leaveOneOut, .leaveOut, .cumulative, .gosh: false
    }
  }

  /// Whether it is defined for methods that pool counts.
  var allowsCounts: Bool {
    switch self {
    case .leaveOneOut, .leaveOut, .cumulative, .baujat, .gosh, .heterogeneity: true
    case .influence, .outliers, .profile, .quantiles: false
    }
  }
}

/// Everything `evidence diagnose` needs to know.
public struct DiagnoseRequest: Sendable {
  /// The model.
  public var pool: PoolRequest
  /// The diagnostics asked for by name.
  public var diagnostics: Set<Diagnostic> = []
  /// Whether all that can be done are wanted: one that cannot is then left out with a warning.
  public var wantsAll = false
  /// Column (or yi, vi, sei) by which studies accumulate, `-` in front for decreasing; the file's order when `nil`.
  public var order: String?
  /// How many subsets GOSH looks at; all of them when `nil`.
  public var subsets: Int?
  /// How many studies are left out together.
  public var leaveOut = 2
  /// Seed of random subsets and simulated residuals.
  public var seed: UInt64 = 1

  /// A request for nothing yet.
  public init(pool: PoolRequest) { self.pool = pool }

  /// - Throws: 64 for diagnostics that the model does not have.
  func check() throws(EvidenceError) {
    if pool.subgroupColumn != nil { throw unavailable("--subgroup") }
    if pool.permutation != nil { throw unavailable("--permute") }
    guard !wantsAll else { return }
    for diagnostic in Diagnostic.allCases where diagnostics.contains(diagnostic) {
      if let reason = reasonAgainst(diagnostic) { throw EvidenceError(.usage, reason.message, hint: reason.hint) }
    }
  }

  /// Why the model does not have a diagnostic, `nil` when it has.
  func reasonAgainst(_ diagnostic: Diagnostic) -> (message: String, hint: String)? {
    if pool.moderators != nil, !diagnostic.allowsModerators {
      return ("--\(diagnostic.rawValue) is for models without moderators", "drop --mods, or use --influence")
    }
    if pool.method.worksOnCounts, !diagnostic.allowsCounts {
      return (
        "--\(diagnostic.rawValue) is not available with --method \(pool.methodCode)",
        "use an inverse-variance method such as REML, or --leave-one-out"
      )
    }
    return nil
  }

  private func unavailable(_ option: String) -> EvidenceError {
    EvidenceError(.usage, "\(option) is not available with diagnose", hint: "select the studies with --where")
  }
}
