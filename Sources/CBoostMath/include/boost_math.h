// Special functions of Boost.Math behind C. Every function writes its value to `result` and returns a status:
// nothing is thrown across this border.
#ifndef EVIDENCE_BOOST_MATH_H
#define EVIDENCE_BOOST_MATH_H
#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  evidence_ok = 0,
  evidence_domain = 1,   // an argument outside the function's domain
  evidence_range = 2,    // overflow
  evidence_failure = 3,  // anything else: no convergence, no memory
} evidence_status;

// The inverse of erfc for p in [0, 2].
evidence_status evidence_erfc_inverse(double p, double *result);

// log |Γ(x)|, ψ(x), ψ'(x), Γ(x) / Γ(x + delta). No global sign is written.
evidence_status evidence_log_gamma(double x, double *result);
evidence_status evidence_digamma(double x, double *result);
evidence_status evidence_trigamma(double x, double *result);
evidence_status evidence_gamma_delta_ratio(double x, double delta, double *result);

// Regularised incomplete gamma functions P(a, x), Q(a, x), and x from p = P or q = Q.
evidence_status evidence_gamma_p(double a, double x, double *result);
evidence_status evidence_gamma_q(double a, double x, double *result);
evidence_status evidence_gamma_p_inverse(double a, double p, double *result);
evidence_status evidence_gamma_q_inverse(double a, double q, double *result);

// Regularised incomplete beta functions I_x(a, b), 1 - I_x(a, b); x from p = I or q = 1 - I, with y = 1 - x.
evidence_status evidence_beta_lower(double a, double b, double x, double *result);
evidence_status evidence_beta_upper(double a, double b, double x, double *result);
evidence_status evidence_beta_lower_inverse(double a, double b, double p, double *x, double *y);
evidence_status evidence_beta_upper_inverse(double a, double b, double q, double *x, double *y);

#ifdef __cplusplus
}
#endif
#endif
