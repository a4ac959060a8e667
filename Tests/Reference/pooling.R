# Writes Tests/SynthesisTests/Fixtures/pooling-reference.json: fits of metafor on data sets printed in the file.
# Usage, from the root of the repository: Rscript Tests/Reference/pooling.R
# Iterations are tightened until the result stands still. Where metafor stops short of the global maximum or stops early the
# case is left out, not adjusted.
suppressMessages({library(metafor); library(jsonlite)})
set.seed(20240607)
round4 <- function(x) signif(x, 5)

sets <- list()
# Sampling variances of like size, spread over two orders of magnitude, one dominant study, homogeneous data, two studies.
sets$similar <- {v <- round4(runif(12, .03, .09)); list(yi = round4(rnorm(12, .4, sqrt(v + .06))), vi = v)}
sets$spread <- {v <- round4(exp(runif(15, log(.004), log(.9)))); list(yi = round4(rnorm(15, -.6, sqrt(v + .2))), vi = v)}
sets$dominant <- {v <- round4(c(.0006, runif(7, .1, .6))); list(yi = round4(rnorm(8, .2, sqrt(v + .3))), vi = v)}
sets$homogeneous <- {v <- round4(runif(9, .02, .2)); list(yi = round4(rnorm(9, .1, .3 * sqrt(v))), vi = v)}
sets$pair <- list(yi = c(.61, -.12), vi = c(.042, .063))
for (s in names(sets)) {
  k <- length(sets[[s]]$yi)
  sets[[s]]$x1 <- round4(rnorm(k, 30, 9)); sets[[s]]$x2 <- rep_len(c(0, 1, 1, 0, 1), k)
  sets[[s]]$w <- round4(runif(k, 5, 60))
}

estimators <- c("DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM", "SJIT", "GENQ", "EE", "FE")
tests <- c(normal = "z", t = "t", "hartung-knapp" = "knha")

tight <- function(yi, vi, method, test, X, w, level) {
  args <- list(yi, vi, method = method, test = test, level = 100 * level)
  if (!is.null(X)) args$mods <- X
  if (!is.null(w)) args$weights <- w
  iterated <- method %in% c("ML", "REML", "EB", "SJIT")
  for (threshold in 10^(-15:-9)) {
    args$control <- if (iterated) list(threshold = threshold, maxiter = 20000) else list(tol = 1e-14, maxiter = 10000)
    f <- try(suppressWarnings(do.call(rma.uni, args)), silent = TRUE)
    if (!inherits(f, "try-error")) return(f)
  }
  NULL
}
unboxed <- function(x) lapply(x[!vapply(x, function(v) is.null(v) || is.na(v), TRUE)], unbox)

describe <- function(f) {
  ml <- f$fit.stats[[if (f$method == "REML") "REML" else "ML"]]
  e <- list(q = f$QE, q_p = f$QEp, i2 = f$I2 / 100, h2 = f$H2, loglik = ml[1], aic = ml[3], bic = ml[4], aicc = ml[5])
  if (!f$method %in% c("EE", "FE")) e <- c(e, list(tau2 = f$tau2, tau2_se = f$se.tau2))
  if (f$method != "REML") e$deviance <- ml[2]
  if (f$p > 1) e <- c(e, list(omnibus = f$QM, omnibus_p = f$QMp, r2 = if (is.null(f$R2)) NULL else f$R2 / 100))
  if (f$p == 1 && f$k > 2 && !f$method %in% c("EE", "FE")) {
    df <- if (f$test == "z") NULL else f$k - 1
    s <- sqrt(f$se^2 + f$tau2); c <- qt(1 - f$level / 2, f$k - 2)
    e <- c(e, list(pi_lower = f$beta[1] - c * s, pi_upper = f$beta[1] + c * s))
  }
  for (j in seq_len(f$p)) {
    row <- list(f$beta[j], f$se[j], f$zval[j], f$pval[j], f$ci.lb[j], f$ci.ub[j])
    names(row) <- paste0(c("estimate", "se", "statistic", "p", "ci_lower", "ci_upper"), j - 1)
    e <- c(e, row)
  }
  w <- weights(f)
  c(e, list(weight0 = unname(w[1]), weight1 = unname(w[2])))
}

cases <- list()
add <- function(set, method, inference, design, weighted, level) {
  d <- sets[[set]]; k <- length(d$yi)
  X <- switch(design, none = NULL, one = cbind(x1 = d$x1), two = cbind(x1 = d$x1, x2 = d$x2))
  if (k <= 1 + (if (is.null(X)) 0 else ncol(X))) return()
  f <- tight(d$yi, d$vi, method, tests[[inference]], X, if (weighted) d$w, level)
  if (is.null(f)) return()
  if (f$k - f$p < 1 || (method == "SJIT" && f$tau2 < 1e-8)) return()
  id <- paste(c(set, method, inference, if (design != "none") design, if (weighted) "weights", if (level != .95) level), collapse = "-")
  cases[[length(cases) + 1]] <<- list(
    id = unbox(id), set = unbox(set), method = unbox(method), inference = unbox(inference), design = unbox(design),
    weighted = unbox(weighted), level = unbox(level), expect = unboxed(describe(f)))
}
for (set in names(sets)) for (method in estimators) {
  genq <- method == "GENQ"
  for (inference in names(tests)) add(set, method, inference, "none", genq, .95)
  for (design in c("one", "two")) add(set, method, if (design == "one") "normal" else "hartung-knapp", design, genq, .95)
}
for (set in c("similar", "dominant")) for (method in c("EE", "DL", "REML")) for (design in c("none", "two"))
  for (inference in c("normal", "hartung-knapp")) add(set, method, inference, design, TRUE, .9)

intervals <- list()
for (set in setdiff(names(sets), "pair")) for (method in c("REML", "ML")) for (type in c("QP", "PL")) {
  d <- sets[[set]]
  f <- tight(d$yi, d$vi, method, "z", NULL, NULL, .95)
  if (is.null(f)) next
  ci <- try(suppressWarnings(confint(f, type = type, control = list(tol = 1e-13, maxiter = 10000)))$random, silent = TRUE)
  if (inherits(ci, "try-error") || any(is.na(ci))) next
  intervals[[length(intervals) + 1]] <- list(
    id = unbox(paste(set, method, type, sep = "-")), set = unbox(set), method = unbox(method), type = unbox(type),
    lower = unbox(ci[1, 2]), upper = unbox(ci[1, 3]), i2_lower = unbox(ci[3, 2] / 100), i2_upper = unbox(ci[3, 3] / 100))
}
passport <- paste0("Computed by Tests/Reference/pooling.R with R ", getRversion(), ", metafor ", packageVersion("metafor"),
                   ": rma.uni and confint with tightened iterations")
write_json(list(passport = unbox(passport), sets = sets, cases = cases, intervals = intervals),
           "Tests/SynthesisTests/Fixtures/pooling-reference.json", digits = NA, pretty = FALSE)
cat(length(cases), "cases,", length(intervals), "intervals\n")
