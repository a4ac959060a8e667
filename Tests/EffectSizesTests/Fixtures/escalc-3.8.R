# Writes escalc-3.8.json: options that the other file does not have, for measures whose definition has not changed since.
# Rscript escalc-3.8.R > escalc-3.8.json     (metafor 3.8-1, R 4.2.2)
suppressMessages(library(metafor))
num <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
arr <- function(x) paste0("[", paste(num(x), collapse = ","), "]")
out <- character()
case <- function(measure, data, vtype = NULL, add = NULL, to = NULL, drop00 = FALSE) {
  a <- c(list(measure = measure), as.list(data)); said <- sprintf("measure=\"%s\"", measure); o <- character()
  if (!is.null(vtype)) { a$vtype <- vtype; said <- c(said, sprintf("vtype=\"%s\"", vtype)); o <- c(o, sprintf("\"vtype\":\"%s\"", vtype)) }
  if (!is.null(add)) { a$add <- add; said <- c(said, sprintf("add=%g", add)); o <- c(o, sprintf("\"add\":%g", add)) }
  if (!is.null(to)) { a$to <- to; said <- c(said, sprintf("to=\"%s\"", to)); o <- c(o, sprintf("\"to\":\"%s\"", to)) }
  if (drop00) { a$drop00 <- TRUE; said <- c(said, "drop00=TRUE"); o <- c(o, "\"drop00\":true") }
  r <- suppressWarnings(do.call(escalc, a)); ok <- which(!is.na(r$yi) & !is.na(r$vi))
  id <- tolower(paste(c(measure, names(data)[1], vtype, add, to, if (drop00) "drop00"), collapse = "-"))
  cols <- paste(sprintf("\"%s\":%s", names(data), vapply(as.list(data), arr, "")), collapse = ",")
  rows <- paste(sprintf("[%d,%s,%s]", ok - 1L, num(r$yi[ok]), num(r$vi[ok])), collapse = ",")
  opt <- if (length(o)) paste0(paste(o, collapse = ","), ",") else ""
  out <<- c(out, sprintf("  {\"id\":\"%s\",\"measure\":\"%s\",\"call\":\"escalc(%s)\",%s\"columns\":{%s},\"k\":%d,\"by\":\"row\",\"rows\":[%s]}",
    id, measure, gsub("\"", "'", paste(said, collapse = ", ")), opt, cols, length(ok), rows))
}
tab <- list(ai = c(0, 4, 11, 9, 0, 7), bi = c(18, 25, 30, 0, 12, 40), ci = c(3, 0, 9, 12, 0, 15), di = c(20, 22, 17, 0, 14, 31))
rules <- list(list(), list(to = "all"), list(to = "if0all"), list(to = "none"), list(add = .25), list(add = .1, to = "all"), list(drop00 = TRUE), list(drop00 = TRUE, to = "if0all"))
for (m in c("RR", "OR", "RD", "PETO", "YUQ", "YUY", "PBIT", "OR2DN", "OR2DL")) for (r in rules) do.call(case, c(list(m, tab), r))
for (m in c("AS", "PHI")) for (r in c(rules, list(list(add = .5), list(add = .5, to = "all")))) do.call(case, c(list(m, tab), r))
for (r in rules[c(1, 2, 3, 5)]) { case("RD", tab, "UB", r$add, r$to); case("RD", tab, "AV", r$add, r$to); case("PHI", tab, "ST", .5, r$to) }
for (m in c("MPRR", "MPOR", "MPRD", "MPORC", "MPPETO")) for (r in rules[1:6]) do.call(case, c(list(m, tab), r))
case("MPORM", c(list(ai = c(20, 12, 0), bi = c(10, 18, 8), ci = c(12, 9, 3), di = c(18, 21, 5)), list(ri = c(.3, -.2, .1))))
pt <- list(x1i = c(0, 4, 9, 0, 3), t1i = c(20.5, 30, 55, 12, 8), x2i = c(2, 0, 14, 0, 5), t2i = c(19, 33.5, 50, 10, 9))
for (m in c("IRR", "IRD")) for (r in rules) do.call(case, c(list(m, pt), r))
for (r in list(list(), list(add = .5), list(add = .5, to = "all"), list(drop00 = TRUE))) do.call(case, c(list("IRSD", pt), r))
one <- list(xi = c(0, 4, 9, 25, 12), ni = c(20, 30, 55, 25, 80))
for (m in c("PR", "PLN", "PLO")) { for (r in rules[1:6]) do.call(case, c(list(m, one), r)); case(m, one, "AV"); case(m, one, "AV", to = "all") }
case("PR", one, "UB"); case("PR", one, "UB", to = "none")
for (m in c("PAS", "PFT")) for (r in list(list(), list(add = .5), list(add = .5, to = "all"))) do.call(case, c(list(m, one), r))
case("PLO", list(xi = one$xi, mi = one$ni - one$xi))
rt <- list(xi = c(0, 4, 9), ti = c(20, 33, 51.5))
for (m in c("IR", "IRLN")) for (r in rules[1:6]) do.call(case, c(list(m, rt), r))
for (m in c("IRS", "IRFT")) for (r in list(list(), list(add = .5), list(add = .5, to = "all"))) do.call(case, c(list(m, rt), r))
mm <- list(m1i = c(10, 12, -3, 7.5), sd1i = c(3, 2.5, 4, 1.1), n1i = c(12, 15, 9, 40), m2i = c(8, 9, -5, 7.9), sd2i = c(2.2, 4, 3.5, 1.3), n2i = c(14, 19, 5, 44))
for (v in c("LS", "LS2", "UB", "AV")) { case("SMD", mm, v); case("SMD1", mm, v) }
for (v in c("LS", "UB", "HO")) case("MD", mm, v)
for (v in c("LS", "ST", "CS")) case("RPB", mm, v)
for (m in c("RBIS", "D2ORN", "D2ORL", "VR")) case(m, mm)
case("SMD", list(di = c(.4, NA, -1.2), ti = c(NA, 2.1, .5), n1i = c(20, 30, 8), n2i = c(25, 28, 9)))
rr <- list(ri = c(.3, -.5, .05, .9, .62), ni = c(12, 19, 200, 6, 5))
for (v in c("LS", "AV")) case("COR", rr, v)
for (v in c("LS", "UB", "AV")) case("UCOR", rr, v)
case("ZCOR", rr)
sp <- list(ti = c(1.3, 1.5, -2), ni = c(22, 29, 60), mi = c(3, 4, 5), r2i = c(.4, .5, .2))
for (v in c("LS", "AV")) case("SPCOR", sp, v)
gm <- list(mi = c(3, 8, 11.5), sdi = c(2, 2.2, 4), ni = c(12, 19, 30))
for (m in c("MN", "MNLN", "CVLN", "SDLN")) case(m, gm)
pp <- list(m1i = c(3, 8, 4.4), sd1i = c(2, 2.2, .9), m2i = c(2, 5, 4.6), sd2i = c(1.5, 3, 1.2), ni = c(12, 19, 33), ri = c(.4, -.3, .85))
for (m in c("MC", "VRC")) case(m, pp)
for (v in c("LS", "LS2")) { case("SMCC", pp, v); case("SMCR", pp, v) }
al <- list(ai = c(.8, .7, -.1), mi = c(3, 4, 10), ni = c(22, 29, 50))
for (m in c("ARAW", "AHW", "ABT")) case(m, al)
case("REH", list(ai = c(8, 7, 0), bi = c(22, 29, 3), ci = c(3, 4, 5)))
cat("{\n \"tool\": \"metafor 3.8-1, R 4.2.2; made by escalc-3.8.R\",\n \"cases\": [\n", paste(out, collapse = ",\n"), "\n ]\n}\n", sep = "")
