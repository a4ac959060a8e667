# Subgroup analyses by metafor. Writes Tests/SynthesisTests/Fixtures/Regression/subgroups.json:
#   Rscript Tests/Reference/regression-subgroups.R OUTFILE
suppressMessages({library(metafor); library(jsonlite)})
out <- commandArgs(TRUE)[1]
ctrl <- function(m) if (m %in% c("REML", "ML")) list(threshold = 1e-14, maxiter = 10000) else list()
d1 <- escalc("OR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
d2 <- dat.bangertdrowns2004; d2 <- d2[!is.na(d2$grade), ]
sets <- list(bcg = list(yi = as.numeric(d1$yi), vi = d1$vi, group = d1$alloc), bangert = list(yi = as.numeric(d2$yi), vi = d2$vi, group = paste0("g", d2$grade)))
one <- function(s, method, test, common) {
  d <- sets[[s]]; lv <- unique(d$group); fit <- function(y, v, ...) suppressWarnings(rma(y, v, method = method, test = test, control = ctrl(method), ...))
  if (common) {
    f <- fit(d$yi, d$vi, mods = ~ factor(d$group, levels = lv) - 1); g <- fit(d$yi, d$vi, mods = ~ factor(d$group, levels = lv)); m <- length(lv) - 1
    r <- list(estimate = as.vector(f$beta), se = f$se, lower = f$ci.lb, p = f$pval, tau2 = rep(f$tau2, length(lv)), q = if (test == "z") g$QM else g$QM * m, qp = g$QMp)
  } else {
    fs <- lapply(lv, function(l) fit(d$yi[d$group == l], d$vi[d$group == l])); est <- sapply(fs, function(f) f$beta[1]); se <- sapply(fs, function(f) f$se)
    t <- rma(est, sei = se, method = "FE")
    r <- list(estimate = est, se = se, lower = sapply(fs, function(f) f$ci.lb), p = sapply(fs, function(f) f$pval), tau2 = sapply(fs, function(f) f$tau2), q = t$QE, qp = t$QEp)
  }
  c(list(data = s, method = method, test = test, common = common, names = lv, k = as.vector(table(factor(d$group, levels = lv)))), r)
}
cases <- list(one("bcg", "REML", "z", FALSE), one("bcg", "DL", "knha", FALSE), one("bcg", "EE", "z", FALSE), one("bcg", "ML", "z", TRUE), one("bcg", "REML", "knha", TRUE),
  one("bangert", "REML", "t", FALSE), one("bangert", "DL", "z", TRUE), one("bangert", "HE", "adhoc", FALSE))
writeLines(toJSON(list(passport = sprintf("metafor %s, R %s.%s; script Tests/Reference/regression-subgroups.R", packageVersion("metafor"), R.version$major, R.version$minor), data = sets, cases = cases),
  digits = I(17), auto_unbox = TRUE), out)
