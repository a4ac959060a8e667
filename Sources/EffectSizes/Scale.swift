/// The scale on which estimates are analysed.
public enum Scale: String, Sendable {
  case log, identity, logit, arcsine, probit
  case fisherZ = "fisher-z"
  case squareRoot = "square-root"
  case freemanTukey = "freeman-tukey"
  case cubeRoot = "cube-root"
  case logComplement = "log-complement"
}
