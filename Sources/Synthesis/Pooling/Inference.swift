/// How standard errors, tests and intervals of the coefficients are made.
public enum Inference: String, Sendable, CaseIterable {
  /// Wald: z with the model-based standard error.
  case normal
  /// Wald with t on k − p degrees of freedom (Follmann and Proschan 1999).
  case t
  /// Scaled covariance and t on k − p df (Hartung 1999; Knapp and Hartung 2003, eqs. 8–10).
  case hartungKnapp = "hartung-knapp"
  /// Hartung–Knapp with a scale of at least 1 (Knapp and Hartung 2003, section 2).
  case hartungKnappAdHoc = "hartung-knapp-adhoc"
  /// Hartung–Knapp, its scale raised to at least 1 where its interval is narrower than the DerSimonian–Laird one
  /// (IQWiG 2022, General Methods 6.1, section 10.3.9).
  case hartungKnappIQWiG = "hartung-knapp-iqwig"
  /// Kenward and Roger (1997) with the expected information, under REML; intercept-only (Partlett and Riley 2017).
  case kenwardRoger = "kenward-roger"
  /// Inverse-variance weights and DL τ², interval from the law of the pivot (Henmi and Copas 2010); intercept-only, no p.
  case henmiCopas = "henmi-copas"
  /// Profile likelihood of μ under ML (Hardy and Thompson 1996); intercept-only.
  case profileLikelihood = "profile-likelihood"
  /// Profile likelihood of μ under ML with Bartlett's correction (Noma 2011); intercept-only.
  case profileLikelihoodBartlett = "profile-likelihood-bartlett"

  /// The word on the command line.
  public var word: String { rawValue }

  /// The inference with this word.
  public init?(word: String) { self.init(rawValue: word) }
}
