extension AuditReport {
  /// A way of auditing one kind of input: adding a kind takes a value in `kinds`.
  struct Kind: Sendable {
    /// Whether an input, by its name, is of the kind.
    let accepts: @Sendable (_ name: String) -> Bool
    /// Reads it and judges what it states.
    let audit: @Sendable (_ name: String, _ level: Double, _ command: String) throws(EvidenceError) -> AuditReport
  }

  /// The kinds, the first that accepts an input being used; claims files come last and take the rest.
  static let kinds: [Kind] = [.claims]

  /// Audits an input: a folder or file of claims, or a built-in family of claims.
  /// - Parameter level: coverage of intervals that name none.
  /// - Throws: 65 for a file that is no claims file or tables that cannot be, 66 when there is none.
  public static func read(_ name: String, level: Double, command: String) throws(EvidenceError) -> AuditReport {
    for kind in kinds where kind.accepts(name) { return try kind.audit(name, level, command) }
    throw EvidenceError(.bug, "no kind of audit accepts \(name)")
  }
}

extension AuditReport.Kind {
  /// Claims with their data beside them.
  static let claims = AuditReport.Kind(
    accepts: { _ in true },
    audit: { name, level, command throws(EvidenceError) in
      AuditReport(try ClaimsFile.read(name), level: level, command: command)
    })
}
