import Foundation
import NumericCore
import TestSupport
import Testing

@Suite struct RootFinderTests {
  /// Functions with awkward roots: flat, steep, infinite ends, multiple, far from unit scale.
  @Test func hardRoots() throws {
    let cases: [(String, Bracket, Double, (Double) -> Double)] = [
      ("cosine", Bracket(0, 2), Double.pi / 2, { cos($0) }),
      ("cube", Bracket(-1, 3), 0, { $0 * $0 * $0 }),
      ("steep", Bracket(0, 1), 0.999, { exp(500 * ($0 - 0.999)) - 1 }),
      ("small scale", Bracket(0, 1), 1e-12, { $0 - 1e-12 }),
      ("large scale", Bracket(0, 1e12), 3e11, { log($0 / 3e11) }),
      ("step", Bracket(-1, 1), 0.25, { $0 < 0.25 ? -1 : 1 }),
      ("pole at the end", Bracket(0, 4), 1, { 1 / $0 - 1 }),
    ]
    for (name, bracket, want, f) in cases {
      let root = try RootFinder.root(in: bracket, f)
      #expect(root.converged && root.iterations < (name == "cube" ? 300 : 60), "\(name): \(root)")
      expectClose(root.value, want, relative: 2e-15, absolute: name == "cube" ? 1e-28 : 0, name)
    }
  }

  @Test func fewEvaluationsForSmoothFunctions() throws {
    var count = 0
    let root = try RootFinder.root(in: Bracket(0, 5)) { x in
      count += 1
      return exp(x) - 5
    }
    expectClose(root.value, log(5), relative: 1e-15, "log 5")
    #expect(count <= 14)
  }

  @Test func safeguardedNewton() throws {
    let root = try RootFinder.newton(in: Bracket(0, 10), start: 9) { x in (atan(x - 2), 1 / (1 + (x - 2) * (x - 2))) }
    #expect(root.converged)
    expectClose(root.value, 2, relative: 1e-15, "atan")
    // A zero derivative at the start, and a cycle for plain Newton.
    let cubic = try RootFinder.newton(in: Bracket(-3, 1), start: 0) { x in (x * x * x - 2 * x + 2, 3 * x * x - 2) }
    expectClose(cubic.value, -1.7692923542386314, relative: 1e-15, "cubic")
  }

  @Test func bracketsGrow() throws {
    let bracket = try RootFinder.bracket(from: 1, step: 0.1) { $0 - 1000 }
    #expect(bracket.lower < 1000 && bracket.upper > 1000)
    #expect(throws: SearchError.self) {
      try RootFinder.bracket(from: 1, step: 1, limits: Bracket(0, 50)) { $0 * $0 + 1 }
    }
  }

  @Test func troubleIsATypedError() {
    #expect(throws: SearchError.noSignChange(lower: 0, upper: 1, valueAtLower: 1, valueAtUpper: 2)) {
      try RootFinder.root(in: Bracket(0, 1)) { $0 + 1 }
    }
    #expect(throws: SearchError.notFinite(at: 0)) { try RootFinder.root(in: Bracket(0, 1)) { _ in .nan } }
    #expect(throws: SearchError.self) { try RootFinder.root(in: Bracket(0, .infinity)) { $0 - 1 } }
  }
}

@Suite struct MinimizerTests {
  @Test func oneVariable() throws {
    let result = try Minimizer.minimum(in: Bracket(0, 10)) { ($0 - 3) * ($0 - 3) + 1 }
    #expect(result.converged && result.iterations < 20)
    expectClose(result.value, 3, absolute: 1e-7, "parabola")
    let edge = try Minimizer.minimum(in: Bracket(1, 2)) { $0 }
    expectClose(edge.value, 1, absolute: 1e-6, "at the end")
    let broken = try Minimizer.minimum(in: Bracket(-1, 4)) { $0 < 0 ? .nan : abs($0 - 1) }
    expectClose(broken.value, 1, absolute: 1e-6, "NaN on one side")
  }

  /// Rosenbrock (1960), Wood (Colville), Powell's singular function: minima at (1, 1), (1, 1, 1, 1), 0.
  static func rosenbrock(_ x: [Double]) -> Double {
    100 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]) + (1 - x[0]) * (1 - x[0])
  }

  static func wood(_ x: [Double]) -> Double {
    let first = rosenbrock([x[0], x[1]])
    let second = 90 * pow(x[3] - x[2] * x[2], 2) + pow(1 - x[2], 2)
    return first + second + 10.1 * (pow(x[1] - 1, 2) + pow(x[3] - 1, 2)) + 19.8 * (x[1] - 1) * (x[3] - 1)
  }

  @Test func simplex() throws {
    let two = try Minimizer.nelderMead(start: [-1.2, 1], Self.rosenbrock)
    #expect(two.converged && two.minimum < 1e-12)
    let four = try Minimizer.nelderMead(start: [-3, -1, -3, -1], Self.wood)
    for x in four.point { expectClose(x, 1, absolute: 1e-5, "Wood") }
    let one = try Minimizer.nelderMead(start: [5]) { cosh($0[0] - 1) }
    expectClose(one.point[0], 1, absolute: 1e-5, "cosh")
    #expect(throws: SearchError.notFiniteAtStart) { try Minimizer.nelderMead(start: [0, 0]) { _ in .nan } }
  }

  @Test func quasiNewton() throws {
    let given = try Minimizer.bfgs(start: [-1.2, 1]) { x in
      let inner = x[1] - x[0] * x[0]
      return (Self.rosenbrock(x), [-400 * x[0] * inner - 2 * (1 - x[0]), 200 * inner])
    }
    #expect(given.converged && given.iterations < 60, "\(given)")
    for x in given.point { expectClose(x, 1, absolute: 1e-7, "Rosenbrock") }
    let differences = try Minimizer.bfgs(start: [-3, -1, -3, -1], value: Self.wood)
    #expect(differences.converged, "\(differences)")
    for x in differences.point { expectClose(x, 1, absolute: 1e-5, "Wood") }
    // A logarithm that is undefined beyond the boundary: the step is shortened.
    let barrier = try Minimizer.bfgs(start: [0.1, 5]) { x in
      let value = x[0] - log(x[0]) + x[1] * x[1]
      return (value, [1 - 1 / x[0], 2 * x[1]])
    }
    expectClose(barrier.point[0], 1, absolute: 1e-7, "barrier")
    #expect(throws: SearchError.notFiniteAtStart) { try Minimizer.bfgs(start: [0]) { _ in (.nan, [0]) } }
    let atMinimum = try Minimizer.bfgs(start: [0, 0]) { x in (x[0] * x[0], [2 * x[0], 0]) }
    #expect(atMinimum.converged && atMinimum.iterations == 0)
  }

  @Test func derivatives() {
    let slope = NumericalDerivative.derivative(at: 1) { exp($0) }
    expectClose(slope.value, exp(1), relative: 1e-12, "exp′")
    #expect(slope.error < 1e-9)
    expectClose(NumericalDerivative.secondDerivative(at: 2) { sin($0) }.value, -sin(2), relative: 1e-9, "sin″")
    let f: ([Double]) -> Double = { exp($0[0]) * sin($0[1]) + $0[0] * $0[1] * $0[1] }
    let x = [0.5, 1.2]
    let gradient = [exp(0.5) * sin(1.2) + 1.44, exp(0.5) * cos(1.2) + 1.2]
    for (got, want) in zip(NumericalDerivative.gradient(at: x, f), gradient) {
      expectClose(got, want, relative: 1e-11, "gradient")
    }
    for (got, want) in zip(NumericalDerivative.centralGradient(at: x, f), gradient) {
      expectClose(got, want, relative: 1e-8, "central gradient")
    }
    let cross = exp(0.5) * cos(1.2) + 2.4
    let want = Matrix(rows: [[exp(0.5) * sin(1.2), cross], [cross, -exp(0.5) * sin(1.2) + 1]])
    expectClose(NumericalDerivative.hessian(at: x, f), want, absolute: 1e-9, "Hessian")
  }
}
