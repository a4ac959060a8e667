# Design matrices by R's model.matrix. Writes Tests/SynthesisTests/Fixtures/Regression/design.json:
#   Rscript Tests/Reference/regression-design.R OUTFILE
suppressMessages(library(splines))
out <- commandArgs(TRUE)[1]
d <- data.frame(
  x = c(1, 2, 3.5, 5, 8, 13, 4, 6.25), z = c(-2.5, 0.75, 10, 3, -1, 4, 2, 7), g = c(2, 10, 1, 2, 10, 1, 1, 2),
  a = c("q", "P", "r", "p", "q", "r", "P", "p"), b = c("u", "v", "u", "v", "v", "u", "v", "u"),
  t = c("TRUE", "FALSE", "TRUE", "FALSE", "FALSE", "TRUE", "TRUE", "FALSE"))
forms <- list("~ x", "~ x + z", "~ a", "~ a - 1", "~ 0 + a + b", "~ x + a - 1", "~ x * a", "~ a * b", "~ a:b - 1", "~ a / x", "~ a + a:b",
  "~ b:a + a", "~ x:a", "~ (x + a + b)^2 - x:b", "~ x:a + b - 1", "~ a * b * x - a", "~ a:x + x", "~ x + a - 1 + b:a",
  "~ I(x^2):a", "~ x - a", "~ 0 + a * b", "~ 0 + a:b + x", "~ factor(g)", "~ factor(g):x", "~ relevel(factor(a), \"q\")", "~ I(x * z / 2) + I(-x^2)", "~ x + I(2 * x - (z - 1) / x)",
  "~ log(x) + sqrt(x) + exp(z / 10)", "~ log(x, 2) + log10(x) + log2(x) + log1p(x)", "~ poly(x, 2)", "~ poly(x, 3) * b", "~ poly(x, 2, raw = TRUE)", "~ poly(log(x), 2)",
  "~ ns(x, df = 3)", "~ ns(x, df = 1)", "~ ns(x, 4) + a", "~ ns(x, knots = c(3, 6))", "~ scale(x)", "~ scale(x, scale = FALSE) + scale(z, center = FALSE)",
  "~ I(scale(x)^2)", "~ I(x > 3)", "~ I(a == \"q\") + I(x <= z)", "~ t", "~ t * x", "~ x %in% a", "~ x + z + x:z - x", "~ (a + b + x)^3", "~ 1", "~ (a + b) / x", "~ x + 0 + 1", "~ factor(a, levels = c(\"r\", \"q\", \"P\", \"p\"))")
new <- data.frame(x = c(0.5, 3, 20), z = c(1, 2, 3), g = c(1, 2, 10), a = c("q", "r", "p"), b = c("v", "u", "v"), t = c("TRUE", "FALSE", "TRUE"))
js <- function(v) paste0("[", paste(if (is.character(v)) paste0("\"", gsub("\"", "\\\\\"", v), "\"") else sprintf("%.17g", v), collapse = ","), "]")
one <- function(f) {
  mf <- model.frame(as.formula(f), d); X <- model.matrix(attr(mf, "terms"), mf)
  d2 <- model.frame(delete.response(attr(mf, "terms")), new, xlev = .getXlevels(attr(mf, "terms"), mf)); N <- if (grepl("I\\(scale", f)) numeric() else model.matrix(attr(mf, "terms"), d2) # scale() inside I() is not kept
  sprintf("{\"formula\":%s,\"names\":%s,\"matrix\":%s,\"new\":%s,\"assign\":%s,\"labels\":%s}", sub("^\\[|\\]$", "", sub("\\]$", "", js(f))), js(colnames(X)), js(as.vector(X)), js(as.vector(N)), js(attr(X, "assign")),
    js(c(attr(attr(mf, "terms"), "term.labels"))))
}
cols <- paste(sprintf("\"%s\":%s", names(d), vapply(d, js, "")), collapse = ","); ncols <- paste(sprintf("\"%s\":%s", names(new), vapply(new, js, "")), collapse = ",")
writeLines(c(sprintf("{\"passport\":\"R %s, model.matrix and predict-time model.frame; script Tests/Reference/regression-design.R\",", paste(R.version$major, R.version$minor, sep = ".")),
  sprintf("\"columns\":{%s},\"new\":{%s},\"cases\":[", cols, ncols), paste(vapply(forms, one, ""), collapse = ",\n"), "]}"), out)
