// The library's front door: `import Evidence` brings every public type of the engine.
@_exported public import EffectSizes
@_exported public import Engine
@_exported public import NumericCore
@_exported public import Plots
@_exported public import Synthesis
@_exported public import TableIO
