/// How the interval for the effect in a new setting is made.
///
/// All but the bootstrap are μ̂ ± c·√(se² + τ²). There is no interval for equal or fixed effects, for a given τ², or
/// with fewer than one degree of freedom.
public enum PredictionMethod: Sendable, Equatable {
  /// t with k − p − 1 df and the se of the chosen inference (Higgins, Thompson and Spiegelhalter 2009; Riley,
  /// Higgins and Deeks 2011).
  case riley
  /// t with k − p df and the se of the chosen inference.
  case t
  /// Normal quantile and the se of the chosen inference.
  case normal
  /// t with k − 1 df and the Hartung–Knapp se, whatever the inference.
  case hartungKnapp
  /// t with k − 2 df and the Hartung–Knapp se, whatever the inference (Partlett and Riley 2017, eq. 7).
  case hartungKnappPartlettRiley
  /// t with the Kenward–Roger df and se, whatever the inference; REML only.
  case kenwardRoger
  /// t with the Kenward–Roger df less one and its se, whatever the inference; REML only (Partlett and Riley 2017).
  case kenwardRogerPartlettRiley
  /// Parametric bootstrap on confidence distributions of τ² (Nagashima, Noma and Furukawa 2019).
  case bootstrap(replicates: Int = 5000, seed: UInt64 = 1)
  /// No interval.
  case none

  /// Every method, in the order of help pages.
  public static let all: [PredictionMethod] = [
    .riley, .t, .normal, .hartungKnapp, .hartungKnappPartlettRiley, .kenwardRoger, .kenwardRogerPartlettRiley,
    .bootstrap(), .none,
  ]

  /// The word on the command line.
  public var word: String {
    switch self {
    case .riley: "riley"
    case .t: "t"
    case .normal: "normal"
    case .hartungKnapp: "hartung-knapp"
    case .hartungKnappPartlettRiley: "hartung-knapp-pr"
    case .kenwardRoger: "kenward-roger"
    case .kenwardRogerPartlettRiley: "kenward-roger-pr"
    case .bootstrap: "bootstrap"
    case .none: "none"
    }
  }

  /// The method with this word; the bootstrap with its default replicates and seed.
  public init?(word: String) {
    guard let found = Self.all.first(where: { $0.word == word }) else { return nil }
    self = found
  }
}
