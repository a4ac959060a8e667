import Engine

/// The groups of a table of nested rows: each row a group, each role a list of numbers.
struct ArrowGroups {
  let offsets: [Int]
  private let numbers: [ArrowNumbers]

  /// The columns of numbers, each beginning with the first group's first value.
  var columns: [UnsafeBufferPointer<Double>] { numbers.map(\.values) }

  /// Finds the columns by name.
  /// - Throws: 65 when a column is missing or the lists of a row have different lengths.
  init(_ root: ArrowColumn, names: [String]) throws(EvidenceError) {
    let rows = root.position(0)..<root.position(root.length)
    let children = try root.children()
    var offsets: [Int]?
    var numbers = [ArrowNumbers]()
    for name in names {
      let list = try ArrowGroups.list(of: name, in: children)
      let lists = try ArrowLists(list, rows)
      let first = lists.places.lowerBound
      let own = lists.starts.map { $0 - first }
      if let offsets, let row = zip(offsets.indices, zip(offsets, own)).first(where: { $0.1.0 != $0.1.1 })?.0 {
        throw EvidenceError(
          .badData, "row \(max(row - 1, 0)): the lists \(names[0]) and \(name) have different lengths", column: name)
      }
      offsets = own
      let field = list.name == name ? nil : try lists.child.children().first { $0.name == name }
      numbers.append(
        try ArrowNumbers(
          field ?? lists.child, lists.places, blanks: lists.blanks, parent: field == nil ? nil : lists.child))
    }
    self.offsets = offsets ?? []
    self.numbers = numbers
  }

  /// The column of lists of a name, or else the one whose structs have a field of that name.
  private static func list(of name: String, in columns: [ArrowColumn]) throws(EvidenceError) -> ArrowColumn {
    if let column = columns.first(where: { $0.name == name && $0.isList }) { return column }
    for column in columns where column.isList {
      guard let child = try column.children().first, child.type == .structure else { continue }
      if try child.children().contains(where: { $0.name == name }) { return column }
    }
    throw EvidenceError(
      .badData, "Arrow: no list of numbers is named \(name), nor a field in a list of structs", column: name,
      hint: "the table has \(columns.map(\.name).joined(separator: ", "))")
  }
}

extension ArrowColumn {
  /// Whether each value is a list.
  fileprivate var isList: Bool {
    switch type {
    case .list, .largeList, .fixedSizeList: true
    default: false
    }
  }
}
