# Writes Tests/SynthesisTests/Fixtures/z-curve.json: rates and weights of z-curves.
#
# Oracle: zcurve 2.4.3 (R 4.2.2, Rcpp 1.0.10), its EM algorithm with a criterion of 1e-15 instead of 1e-6, at which it stops early: with its
# defaults EDR of the first set is 0.384. Of the package its R files and zcurveEM.cpp are needed. Only significant z are given, as zcurve
# takes the share beyond 6 of all that it is given. The bootstrap is that of the package, 1000 samples with its defaults.
#
#   Rscript Tests/Reference/z-curve.R DIR     (DIR: R/*.R, src/zcurveEM.cpp and data/OSC.z.RData of the package in one folder)
suppressMessages(library(Rcpp))
dir <- commandArgs(TRUE)[1]
sourceCpp(file.path(dir, "zcurveEM.cpp"))
files <- c("data-preparation.R", "main.R", "tools.R", "utilities.R", "zcurve_EM.R", "zcurve_density.R", "zcurve_clustered.R")
for (file in files) source(file.path(dir, file))
load(file.path(dir, "OSC.z.RData"))

significant <- function(z) round(abs(z), 4)[round(abs(z), 4) > qnorm(0.975)]
set.seed(11)
sets <- list(
  list("Open Science Collaboration (2015), 85 original studies", OSC.z[OSC.z > qnorm(0.975)]),
  list("powers of many kinds", significant(rnorm(400, sample(c(0, 1, 2.5, 4), 400, TRUE)))),
  list("nothing but false positives", significant(rnorm(1500))),
  list("many beyond 6", significant(rnorm(60, 5.5, 1.5))),
  list("one power", significant(rnorm(120, 2.8))),
  list("ten", c(2.0, 2.1, 2.2, 2.35, 2.5, 2.7, 3.0, 3.4, 4.1, 5.2)),
  list("just significant", seq(1.961, 2.1, length.out = 25)))

numbers <- function(x) paste0("[", paste(formatC(x, digits = 15, format = "g", width = -1), collapse = ", "), "]")
rows <- vapply(sets, function(set) {
  set.seed(1)
  fit <- zcurve(set[[2]], bootstrap = FALSE, control = list(criterion = 1e-15, max_iter = 1e7))
  w <- fit$fit$weights
  sprintf('  {"name": "%s",\n   "z": %s,\n   "weights": %s,\n   "err": %s, "edr": %s, "loglik": %s}', set[[1]], numbers(set[[2]]),
          numbers(ifelse(w < 1e-12, 0, w)), formatC(fit$coefficients[["ERR"]], digits = 15, format = "g"),
          formatC(fit$coefficients[["EDR"]], digits = 15, format = "g"), formatC(fit$fit$Q, digits = 15, format = "g"))
}, "")
set.seed(1)
all <- summary(zcurve(sets[[1]][[2]], bootstrap = 1000), all = TRUE)$coefficients
interval <- function(row) numbers(all[row, c("l.CI", "u.CI")])
writeLines(c(
  '{"passport": "zcurve 2.4.3 by Tests/Reference/z-curve.R; intervals of the first set by its bootstrap",',
  sprintf(' "err_interval": %s, "edr_interval": %s, "soric_interval": %s,', interval("ERR"), interval("EDR"), interval("Soric FDR")),
  ' "sets": [', paste(rows, collapse = ",\n"), " ]}"), "Tests/SynthesisTests/Fixtures/z-curve.json")
