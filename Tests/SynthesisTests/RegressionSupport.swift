import Foundation
import NumericCore
import Synthesis
import Testing

/// Reading the fixtures of the regression tests.
enum RegressionFixture {
  /// A file of the folder `Fixtures/Regression`, decoded.
  static func decode<Content: Decodable>(_ type: Content.Type, _ name: String) throws -> Content {
    let folder = try #require(Bundle.module.resourceURL).appending(path: "Fixtures/Regression")
    return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
  }
}

/// A column of a fixture: numbers (`null` is missing) or texts.
enum FixtureColumn: Decodable {
  case numbers([Double?])
  case texts([String?])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let numbers = try? container.decode([Double?].self) {
      self = .numbers(numbers)
    } else {
      self = .texts(try container.decode([String?].self))
    }
  }

  var moderator: ModeratorColumn {
    switch self {
    case .numbers(let values): .numbers(values.map { $0 ?? .nan })
    case .texts(let values): .text(values)
    }
  }
}

extension DesignColumns {
  init(_ columns: [String: FixtureColumn]) {
    self.init(count: columns.values.first?.moderator.count ?? 0)
    for (name, column) in columns.sorted(by: { $0.key < $1.key }) { self[name] = column.moderator }
  }
}
