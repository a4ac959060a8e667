// Module Plots.
