# Questions asked of a fitted model on the command line, by metafor 3.8-1 and R's p.adjust. Writes the reference cases:
#   Rscript Tests/Reference/pool-questions.R Tests/EvidenceCLITests/Fixtures/reference/questions.json
# The data are the reference corpus's own (Tests/EvidenceCLITests/Fixtures/reference/data).
suppressMessages({library(metafor); library(splines)})
out <- commandArgs(TRUE)[1]
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
map <- c("pool", "data/bcg.csv", "--measure", "RR", "--map", "ai=tpos,bi=tneg,ci=cpos,di=cneg")
num <- function(x) ifelse(is.na(x), "null", formatC(x, digits = 17, format = "g"))
str <- function(x) paste0("\"", gsub("\"", "\\\\\"", x), "\"")
cases <- c()
emit <- function(id, args, expect, oracle, rtol = 1e-6) {
  e <- paste(str(names(expect)), sapply(expect, num), sep = ": ", collapse = ", ")
  cases <<- c(cases, paste0("{\"id\": ", str(id), ", \"args\": [", paste(str(c(map, args)), collapse = ", "), "], \"expect\": {", e, "}, \"rtol\": ", rtol, ", \"atol\": 1e-09, \"oracle\": ", str(paste0("metafor 3.8-1: ", oracle)), "}"))
}
test <- function(prefix, i, est, se, stat, p, adj) setNames(c(est, se, stat, p, adj), paste0(prefix, "[", i, "].", c("estimate", "se", "statistic", "p", "p_adjusted")))
tight <- list(threshold = 1e-14, maxiter = 10000)
for (t in c("z", "knha")) {
  f <- rma(yi, vi, mods = ~ poly(ablat, 2) + alloc, data = bcg, test = t, control = tight)
  L <- rbind(c(0, 1, 0, 0, 0), c(0, 0, 0, 1, -1), c(1, 0, 0, 0, 0))
  a <- anova(f, X = L)
  words <- c("poly(ablat, 2)[1]", "alloc[random] - alloc[systematic]", "intercept")
  for (m in c("holm", "hommel", "bh")) {
    adj <- p.adjust(a$pval, if (m == "bh") "BH" else m)
    e <- unlist(lapply(1:3, function(i) test("contrasts.tests", i - 1, a$Xb[i], a$se[i], a$zval[i], a$pval[i], adj[i])))
    e <- c(e, "contrasts.joint.statistic" = a$QM, "contrasts.joint.p" = a$QMp)
    emit(paste("contrast", t, m, sep = "-"), c("--mods", "~ poly(ablat, 2) + alloc", "--inference", if (t == "z") "normal" else "hartung-knapp", as.vector(rbind("--contrast", words)), "--adjust", m), e, "anova(X=), p.adjust")
  }
  b <- anova(f, btt = 4:5)
  v <- vif(f, btt = 2:3)
  emit(paste0("blocks-", t), c("--mods", "~ poly(ablat, 2) + alloc", "--inference", if (t == "z") "normal" else "hartung-knapp", "--btt", "alloc", "--btt", "4:5", "--vif"),
    c("blocks[0].statistic" = b$QM, "blocks[0].p" = b$QMp, "blocks[1].statistic" = b$QM, "term_tests[term=alloc].p" = b$QMp, "vif[0].vif" = v$vifs[[1]], "vif[1].vif" = v$vifs[[1]]), "anova(btt=), vif(btt=)")
  g <- rma(yi, vi, mods = ~ ablat + alloc, data = bcg, test = t, control = tight)
  p <- predict(g, newmods = rbind(c(33, 1, 0), c(50, 0, 1), c(20, 0, 0)))
  e <- unlist(lapply(1:3, function(i) setNames(c(p$pred[i], p$se[i], p$ci.lb[i], p$ci.ub[i], exp(p$pred[i])), paste0("predictions[", i - 1, "].", c("estimate", "se", "ci_lower", "ci_upper", "display.estimate")))))
  if (t == "knha") e <- c(e, setNames(as.vector(rbind(p$pi.lb, p$pi.ub)), paste0("predictions[", rep(0:2, each = 2), "].", c("pi_lower", "pi_upper"))))
  emit(paste0("predict-", t), c("--mods", "~ ablat + alloc", "--inference", if (t == "z") "normal" else "hartung-knapp", "--prediction", "t", "--at", "ablat=33,alloc=random", "--at", "alloc=systematic,ablat=50", "--at", "ablat=20,alloc=alternate"), e, "predict(newmods=)")
}
f <- rma(yi, vi, mods = ~ ns(ablat, 3), data = bcg, control = tight)
rs <- rstandard(f); h <- hatvalues(f)
e <- setNames(c(coef(f), f$se), paste0("coefficients[", 0:3, "].", rep(c("estimate", "se"), each = 4)))
e <- c(e, unlist(lapply(1:13, function(i) setNames(c(fitted(f)[i], rs$resid[i], rs$se[i], rs$z[i], h[i]), paste0("residuals[", i - 1, "].", c("fitted", "residual", "se", "standardized", "hat"))))))
emit("spline-residuals", c("--mods", "~ ns(ablat, 3)", "--residuals"), e, "rstandard, hatvalues with splines::ns")
full <- rma(yi, vi, mods = ~ ablat + alloc, data = bcg, method = "ML", control = tight); red <- rma(yi, vi, mods = ~ ablat, data = bcg, method = "ML", control = tight)
a <- anova(full, red)
emit("compare-to", c("--mods", "~ ablat + alloc", "--compare-to", "~ ablat"), c("comparison.lrt" = a$LRT, "comparison.p" = a$pval, "comparison.df" = 2, "comparison.r2" = a$R2, "comparison.full.fit.aicc" = a$fit.stats.f[["AICc"]], "comparison.reduced.fit.bic" = a$fit.stats.r[["BIC"]], "comparison.reduced.tau2" = red$tau2), "anova(ML, ML)")
one <- rma(yi, vi, mods = ~ ablat + alloc + year, data = bcg, control = tight)
emit("adjust-coefficients", c("--mods", "~ ablat + alloc + year", "--adjust", "holm"), setNames(p.adjust(one$pval[-1], "holm"), paste0("coefficients[", 1:4, "].p_adjusted")), "p.adjust of the coefficients")
s <- rma(yi, vi, mods = ~ ablat, scale = ~ ablat, data = bcg, control = list(optimizer = "BFGS", reltol = 1e-16, maxit = 10000))
emit("scale-log", c("--mods", "~ ablat", "--scale", "~ ablat"), c("coefficients[1].estimate" = s$beta[2], "coefficients[1].se" = s$se[2], "scale_model.coefficients[1].estimate" = s$alpha[2], "scale_model.coefficients[1].se" = s$se.alpha[2], "fit.loglik" = as.numeric(logLik(s)), "scale_model.omnibus.p" = s$QSp), "rma(scale=)", rtol = 1e-4)
bang <- dat.bangertdrowns2004
s <- rma(yi, vi, mods = ~ ni, scale = ~ ni, link = "identity", data = bang)
cat("identity link:", s$alpha, s$se.alpha, logLik(s), range(s$tau2), "\n")
writeLines(paste0("[", paste(cases, collapse = ",\n"), "]"), out)
