extension Dataset {
  /// Every data set: one file in this folder and one entry here.
  public static let all: [Dataset] = mbt + classics
}
