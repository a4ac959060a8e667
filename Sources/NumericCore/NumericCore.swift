// Module NumericCore.
