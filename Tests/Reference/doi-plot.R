# Writes Tests/SynthesisTests/Fixtures/doi-plot.json: LFK indices, normal quantiles of mid-ranks and verdicts.
#
# Oracle: metasens 1.5-2 (lfkindex), R 4.2.2, metafor 3.8-1 for the log risk ratios of dat.bcg. Of metasens one file is needed; the checks of
# its arguments, which come from the package meta, are stood in for. Where effects are equal it keeps the order in which they are given.
#
#   Rscript Tests/Reference/doi-plot.R .../metasens/R/lfkindex.R
suppressMessages(library(metafor))

catch <- function(name, call, data, frame) eval(call[[match(name, names(call))]], data, frame)
for (check in c("chknull", "chknumeric", "chklength")) assign(check, function(...) invisible(NULL))
packageDescription <- function(...) list(Version = "1.5-2")
source <- gsub("utils::packageDescription", "packageDescription", readLines(commandArgs(TRUE)[1]))
eval(parse(text = source))

bcg <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
set.seed(5)
sets <- list(
  list("Furuya-Kanamori et al. 2018, pain", c(-4.27, -1.71, -0.58, -0.19, 0), sqrt(c(0.158, 0.076, 0.018, 0.022, 0.04))),
  list("ten studies, small ones on the right", c(0.05, 0.08, 0.12, 0.2, 0.55, 0.62, 0.85, 1.1, 1.35, 1.6),
       c(0.08, 0.09, 0.1, 0.12, 0.3, 0.33, 0.4, 0.48, 0.55, 0.62)),
  list("six studies, nearly alike", c(-0.3, -0.1, 0, 0.1, 0.2, 0.35), c(0.2, 0.18, 0.15, 0.16, 0.19, 0.22)),
  list("three studies", c(0, 1, 4), c(0.2, 0.3, 0.25)),
  list("three studies of one size", c(0.5, 0.1, 0.2), rep(0.2, 3)),
  list("BCG vaccine, log risk ratios", as.numeric(bcg$yi), sqrt(as.numeric(bcg$vi))),
  list("equal effects, the precise one first", c(1, 1, 2, 3), c(0.1, 0.3, 0.2, 0.2)),
  list("equal effects, the precise one last", c(1, 1, 2, 3), c(0.3, 0.1, 0.2, 0.2)),
  list("three equal effects in the middle, out of order", c(2, 3, 2, 1, 2), c(0.2, 0.2, 0.3, 0.2, 0.1)),
  list("two effects only", c(0, 1, 0, 1, 1), c(0.1, 0.2, 0.3, 0.4, 0.5)),
  list("one study a million times as precise", c(-1, 0.2, 0.5, 2), c(1, 0.001, 0.9, 0.8)),
  list("tip at the right end", c(-3, -2, -1, 0), c(1, 0.9, 0.8, 0.05)),
  list("twenty at random", round(rnorm(20), 3), round(runif(20, 0.05, 1), 3)),
  list("thirty-one at random", round(rnorm(31), 3), round(runif(31, 0.05, 1), 3)))

numbers <- function(x) paste0("[", paste(formatC(x, digits = 17, format = "g", width = -1), collapse = ", "), "]")
rows <- vapply(sets, function(set) {
  y <- set[[2]]
  s <- set[[3]]
  result <- lfkindex(TE = y, seTE = s)
  sprintf('  {"name": "%s",\n   "yi": %s,\n   "sei": %s,\n   "z": %s,\n   "index": %s, "verdict": "%s"}', set[[1]], numbers(y),
          numbers(s), numbers(result$zscore), formatC(result$lfkindex, digits = 17, format = "g"), result$interpretation)
}, "")
passport <- "lfkindex of metasens 1.5-2 by Tests/Reference/doi-plot.R; z in the order of the effects"
writeLines(c(sprintf('{"passport": "%s",', passport), ' "sets": [', paste(rows, collapse = ",\n"), " ]}"),
           "Tests/SynthesisTests/Fixtures/doi-plot.json")
