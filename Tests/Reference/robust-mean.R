# Weighted means of independent effects with the CR2 variance and Satterthwaite's degrees of freedom, by clubSandwich
# (apt: r-cran-clubsandwich). Prints Tests/SynthesisTests/Fixtures/robust-mean.csv.
suppressMessages(library(clubSandwich))
teacher <- list(
  y = c(0.03, 0.12, -0.14, 1.18, 0.26, -0.06, -0.02, -0.32, 0.27, 0.8, 0.54, 0.18, -0.02, 0.23, -0.18, -0.06, 0.3, 0.07, -0.07),
  v = c(0.0156, 0.0216, 0.0279, 0.1391, 0.1362, 0.0106, 0.0106, 0.0484, 0.0269, 0.063, 0.0912, 0.0497, 0.0835, 0.0841, 0.0253,
        0.0279, 0.0193, 0.0088, 0.0303))
sets <- list(
  list(y = c(0.9, 0.7, -0.2, -0.1), v = c(0.04, 0.05, 0.1, 0.2), pi = c(1, 1, 1, 1), t2 = 0),
  list(y = c(0.9, 0.7, -0.2, -0.1), v = c(0.04, 0.05, 0.1, 0.2), pi = c(1, 1, 5, 5), t2 = 0.1),
  list(y = c(0.3, 0.5, -0.1, 0.8, 0.2, 1.1), v = c(0.02, 0.1, 0.05, 0.3, 0.04, 0.2), pi = c(1, 1, 3, 1, 3, 1), t2 = 0.05),
  list(y = c(0.3, 0.5, -0.1), v = c(0.1, 0.1, 0.1), pi = c(1, 1, 1), t2 = 0.2),
  list(y = teacher$y, v = teacher$v, pi = ifelse(teacher$y / sqrt(teacher$v) > qnorm(0.975), 1, 20), t2 = 0.019))
cat("set,y,variance,weight,mean,se,df\n")
for (i in seq_along(sets)) {
  s <- sets[[i]]
  phi <- s$v + s$t2
  fit <- lm(s$y ~ 1, weights = s$pi / phi)
  test <- coef_test(fit, vcov = vcovCR(fit, cluster = seq_along(s$y), type = "CR2", target = phi, inverse_var = FALSE),
                    test = "Satterthwaite")
  cat(sprintf("%d,%.15g,%.15g,%.15g,%.15g,%.15g,%.15g\n", i, s$y, phi, s$pi / phi, test$beta, test$SE, test$df_Satt), sep = "")
}
