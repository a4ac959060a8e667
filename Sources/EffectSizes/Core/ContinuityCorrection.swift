extension UsableRows {
  /// Adds to the inputs that the correction rule names; those for which `needs` holds call for a correction.
  mutating func correct(_ settings: Settings, needs: (Input) -> Bool, adding: (Input, Double) -> Input) {
    guard settings.add > 0, settings.to != .none else { return }
    let all = settings.to == .all || (settings.to == .ifAnyZero && inputs.contains(where: needs))
    guard all || settings.to == .onlyZero else { return }
    mapInputs { all || needs($0) ? adding($0, settings.add) : $0 }
  }
}
