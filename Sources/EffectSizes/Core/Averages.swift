/// Size-weighted average Σ nᵢ xᵢ / Σ nᵢ over the rows; `NaN` for no rows.
func weightedAverage<Input>(_ inputs: [Input], of value: (Input) -> Double, by weight: (Input) -> Double) -> Double {
  var sum = 0.0
  var weights = 0.0
  for input in inputs {
    sum += weight(input) * value(input)
    weights += weight(input)
  }
  return sum / weights
}
