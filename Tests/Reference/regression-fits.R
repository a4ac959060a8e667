# Post-fit quantities of meta-regressions by metafor. Writes Tests/SynthesisTests/Fixtures/Regression/fits.json:
#   Rscript Tests/Reference/regression-fits.R OUTFILE
suppressMessages({library(metafor); library(jsonlite)})
out <- commandArgs(TRUE)[1]
ctrl <- function(m) if (m %in% c("REML", "ML")) list(threshold = 1e-14, maxiter = 10000) else if (m == "PM") list(tol = 1e-14, maxiter = 10000) else list()
sets <- list(
  bcg = { d <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg); data.frame(yi = as.numeric(d$yi), vi = d$vi, ablat = d$ablat, year = d$year, alloc = d$alloc) },
  raudenbush = { d <- dat.raudenbush1985; data.frame(yi = as.numeric(d$yi), vi = d$vi, weeks = d$weeks, setting = d$setting, tester = d$tester) },
  bangert = { d <- na.omit(dat.bangertdrowns2004[, c("yi", "vi", "length", "wic", "feedback", "meta", "grade", "ni")]); d$yi <- as.numeric(d$yi); as.data.frame(d) })
cases <- list(
  list("bcg", "~ ablat + alloc", "REML", "z"), list("bcg", "~ ablat * alloc", "DL", "knha"), list("bcg", "~ alloc - 1", "ML", "z"), list("bcg", "~ year", "EE", "z"),
  list("raudenbush", "~ weeks + setting + tester", "REML", "t"), list("raudenbush", "~ weeks * tester", "ML", "knha"),
  list("bangert", "~ length + wic + feedback + meta", "REML", "knha"), list("bangert", "~ factor(grade) + length", "PM", "z"), list("bangert", "~ poly(length, 2)", "REML", "z"))
fitone <- function(s) {
  d <- sets[[s[[1]]]]
  f <- suppressWarnings(rma(yi, vi, mods = as.formula(s[[2]]), data = d, method = s[[3]], test = s[[4]], control = ctrl(s[[3]])))
  A <- attr(model.matrix(as.formula(s[[2]]), d), "assign"); blocks <- setdiff(unique(A), 0)
  L <- rbind(seq_len(f$p), c(1, -1, rep(0, f$p - 2)))[, seq_len(f$p), drop = FALSE]; if (f$p == 2) L <- rbind(c(1, 2), c(1, -1))
  a <- anova(f, X = L, rhs = c(0.1, -0.2)); rs <- suppressWarnings(rstandard(f)); rd <- suppressWarnings(rstudent(f))
  new <- model.matrix(f)[c(1, 2, f$k), , drop = FALSE]; Xn <- if (f$int.incl) new[, -1, drop = FALSE] else new
  pr <- predict(f, newmods = unname(Xn))
  list(data = s[[1]], formula = s[[2]], method = s[[3]], test = s[[4]], tau2 = f$tau2, beta = as.vector(f$beta), vb = as.vector(f$vb),
    block = lapply(blocks, function(b) { z <- anova(f, btt = which(A == b)); list(statistic = z$QM, df = length(which(A == b)), p = z$QMp) }),
    hypotheses = list(L = L, rhs = c(0.1, -0.2), value = as.vector(a$Xb), se = a$se, statistic = a$zval, p = a$pval, joint = a$QM, jointp = a$QMp),
    hat = as.vector(hatvalues(f)), raw = as.vector(rs$resid), rse = as.vector(rs$se), standard = as.vector(rs$z), deleted = as.vector(rd$resid), dse = as.vector(rd$se),
    vif = if (length(blocks) > 1 && f$int.incl) lapply(blocks, function(b) { v <- vif(f, btt = which(A == b)); list(factor = unname(v$vifs), m = length(which(A == b))) }) else list(),
    predict = list(pred = as.vector(pr$pred), se = as.vector(pr$se), lower = as.vector(pr$ci.lb), upper = as.vector(pr$ci.ub), pilower = if (is.null(pr$pi.lb)) NULL else as.vector(pr$pi.lb)))
}
ls <- list(list("bcg", "~ 1", "~ ablat", "REML", "z"), list("bcg", "~ ablat", "~ ablat", "ML", "z"), list("raudenbush", "~ weeks", "~ tester", "ML", "t"),
  list("bangert", "~ 1", "~ ni", "REML", "z"), list("bangert", "~ meta + length", "~ ni + feedback", "REML", "t"), list("bangert", "~ meta", "~ 1", "ML", "z"), list("bangert", "~ 1", "~ feedback - 1", "ML", "z"))
lsone <- function(s) {
  d <- sets[[s[[1]]]]
  if (grepl("-", s[[3]])) s[[3]] <- "~ factor(feedback) - 1"
  try1 <- function(ct) try(suppressWarnings(rma(yi, vi, mods = as.formula(s[[2]]), scale = as.formula(s[[3]]), data = d, method = s[[4]], test = s[[5]], control = ct)), silent = TRUE)
  f <- try1(list(optimizer = "BFGS", reltol = 1e-16, maxit = 10000))
  if (inherits(f, "try-error")) f <- try1(list(optimizer = "nlminb", rel.tol = 1e-12))
  if (inherits(f, "try-error")) { cat("no convergence:", s[[2]], s[[3]], "\n"); return(NULL) }
  fs <- f$fit.stats[[s[[4]]]]
  list(data = s[[1]], location = s[[2]], scale = s[[3]], method = s[[4]], test = s[[5]], beta = as.vector(f$beta), se = as.vector(f$se), p = as.vector(f$pval), alpha = as.vector(f$alpha), seAlpha = as.vector(f$se.alpha),
    pAlpha = as.vector(f$pval.alpha), tau2 = as.vector(f$tau2), ll = fs[1], aic = fs[3], bic = fs[4], aicc = fs[5], qm = if (f$p > 1) f$QM else NULL, qs = if (f$q > 1) f$QS else NULL, qsp = if (f$q > 1) f$QSp else NULL)
}
lrt <- { d <- sets$bcg; f1 <- rma(yi, vi, mods = ~ ablat + alloc, data = d, method = "ML", control = ctrl("ML")); f0 <- rma(yi, vi, mods = ~ ablat, data = d, method = "ML", control = ctrl("ML")); a <- anova(f1, f0)
  list(statistic = a$LRT, df = a$parms.f - a$parms.r, p = a$pval, r2 = a$R2) }
p <- c(0.01, 0.04, 0.03, 0.005, 0.8, 0.04, 1e-6, 0.2)
adj <- sapply(c("bonferroni", "holm", "hochberg", "hommel", "BH", "BY"), function(m) p.adjust(p, m), simplify = FALSE)
perm <- local({
  d <- sets$bcg; s7 <- d[1:7, ]; one <- function(dd, f, m, test) { r <- suppressWarnings(if (is.null(f)) rma(yi, vi, data = dd, method = m, test = test, control = ctrl(m)) else rma(yi, vi, mods = as.formula(f), data = dd, method = m, test = test, control = ctrl(m)))
    z <- suppressWarnings(permutest(r, exact = TRUE, progbar = FALSE)); list(rows = nrow(dd), formula = f, method = m, test = test, p = as.vector(z$pval), omnibus = if (is.null(f)) NULL else z$QMp) }
  list(one(d[1:9, ], NULL, "DL", "z"), one(d[1:9, ], NULL, "HE", "knha"), one(s7, "~ ablat", "DL", "z"), one(d[1:6, ], "~ ablat + year", "HE", "knha"), one(d[1:9, ], "~ alloc", "DL", "t"), one(d[1:7, ], "~ alloc - 1", "EE", "z"), one(d[1:6, ], "~ ablat", "SJ", "adhoc")) })
writeLines(toJSON(list(passport = sprintf("metafor %s, R %s.%s; script Tests/Reference/regression-fits.R", packageVersion("metafor"), R.version$major, R.version$minor),
  data = sets, cases = lapply(cases, fitone), locationScale = lapply(ls, lsone), lrt = lrt, adjust = c(list(p = p), adj), permutation = perm), digits = I(17), auto_unbox = TRUE, na = "null", null = "null", dataframe = "columns", matrix = "rowmajor"), out)
