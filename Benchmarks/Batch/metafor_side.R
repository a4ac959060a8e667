# metafor, a set at a time: Rscript metafor_side.R FOLDER K METHOD INFERENCE SETS
# Prints the seconds a set, over SETS sets, and how many fits failed.
suppressPackageStartupMessages(library(metafor))
a <- commandArgs(TRUE)
k <- as.integer(a[2]); sets <- as.integer(a[5])
y <- matrix(readBin(file.path(a[1], "y.f64"), "double", sets * k), nrow = k)
v <- matrix(readBin(file.path(a[1], "v.f64"), "double", sets * k), nrow = k)
test <- if (a[4] == "hartung-knapp") "knha" else "z"
failed <- 0
time <- system.time(for (i in seq_len(sets)) {
  fit <- tryCatch(rma(y[, i], v[, i], method = a[3], test = test), error = function(e) NULL)
  if (is.null(fit)) failed <- failed + 1
})[["elapsed"]]
cat(time / sets, failed, "\n")
