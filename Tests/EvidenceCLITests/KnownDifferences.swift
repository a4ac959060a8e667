/// Reference cases that this program disagrees with, and why; `Tests/Reference/README.md` tells the story.
enum KnownDifferences {
  static let reasons: [String: String] = [
    "regress/bcg-ablat-noint-DL-hk": centring,
    "regress/bcg-ablat-noint-REML": centring,
    "effects/rtet-hine1989": hessian,
    "effects/ztet-hine1989": hessian,
    "effects/r2f-aloe2013": fixedPredictors,
    "effects/zr2f-aloe2013": wrongSlope,
    "pool/hine_rd-SJIT-pi-t": iteratedZero,
    "hetci/bcgw-genq-ablat": generalizedQ,
    "hetci/bcgw-genq-total": generalizedQ,
    "hetci/bcgw-genq": generalizedQ,
    "hetci/jackson-genq-xi": generalizedQ,
    "hetci/jackson-genq": generalizedQ,
    "hetci/jackson1-genq-even-xi": generalizedQ,
    "hetci/jackson2-genq-even-xi": generalizedQ,
    "hetci/jackson2-genq-even": generalizedQ,
    "hetci/moll-genq-level90": generalizedQ,
    "hetci/raud-genq": generalizedQ,
  ]

  private static let centring =
    "the reference (rma.uni) takes Q and tau² from centred effects though the model has no intercept; rma.mv agrees with ours"
  private static let iteratedZero = "iterated Sidik-Jonkman falls to 0; the reference stops on the way at 5e-16"
  private static let generalizedQ = "the reference's root search stops at 1.2e-4; ours is checked by Imhof's integral"
  private static let hessian = "the reference's numerical Hessian is off by 1.4e-5; ours agrees with 30 digits"
  private static let wrongSlope = "the reference multiplies by the slope of atanh(R²) where the estimate is atanh(R)"
  private static let fixedPredictors = "the reference's variance for fixed predictors is not published; ours is"
}
