extension Measure {
  /// Every measure, family by family. Adding one is a definition in its family's folder and a word in that family's list.
  public static let all: [Measure] =
    twoByTwo + pairedTables + personTimes + means + correlations + proportions + rates + singleMeans + changes
    + agreement
    + given
}
