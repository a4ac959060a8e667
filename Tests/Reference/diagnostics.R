# Influence sets with user weights, which no other corpus here has: writes Tests/SynthesisTests/Fixtures/diagnostics-reference.json.
# Rscript diagnostics.R OUTDIR
suppressMessages({library(metafor); library(jsonlite)})
out <- commandArgs(trailingOnly = TRUE)[1]
dat <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
tight <- list(threshold = 1e-13, maxiter = 10000)
one <- function(id, method, test, mods) {
  call <- list(dat$yi, dat$vi, weights = dat$year, method = method, test = test)
  if (method == "REML") call$control <- tight
  if (mods) call$mods <- ~ dat$ablat
  o <- influence(do.call(rma, call))
  part <- function(name) as.numeric(o$inf[[name]])
  list(id = id, method = method, inference = c(z = "normal", knha = "hartung-knapp")[[test]], withLatitude = mods,
    rstudent = part("rstudent"), dffits = part("dffits"), cooksDistance = part("cook.d"), covarianceRatio = part("cov.r"),
    leverage = part("hat"), weight = part("weight"),
    dfbetas = unname(as.matrix(as.data.frame(unclass(o$dfbs)[seq_len(1 + mods)]))))
}
cases <- list(one("DL", "DL", "z", FALSE), one("DL, Hartung-Knapp, latitude", "DL", "knha", TRUE),
  one("REML, latitude", "REML", "z", TRUE))
passport <- paste0("R ", getRversion(), ", metafor ", packageVersion("metafor"), ": influence(rma(yi, vi, weights = year, ...)) on dat.bcg, log RR")
write_json(list(passport = passport, yi = as.numeric(dat$yi), vi = as.numeric(dat$vi), latitude = as.numeric(dat$ablat),
  weights = as.numeric(dat$year), cases = cases), file.path(out, "diagnostics-reference.json"), digits = 17, auto_unbox = TRUE)
