// Module Synthesis.
