/// What a column of study data means; the names are those of metafor's `escalc`.
///
/// A role's meaning depends on the measure's family: `di` is the non-events of group 2 in a 2×2 table and a given
/// standardised difference elsewhere; `ti` a test statistic or a person-time; `mi` non-events, a mean, or a number of
/// predictors or items.
public enum Role: String, CaseIterable, Sendable, Hashable {
  case ai, bi, ci, di, n1i, n2i
  case x1i, x2i, t1i, t2i
  case m1i, m2i, sd1i, sd2i
  case ti, pi, fi, ri, r2i
  case ni, xi, mi, sdi
  case yi, vi, sei
}
