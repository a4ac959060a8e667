#pragma STDC FP_CONTRACT OFF

#include "boost_math.h"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cerrno>
#include <cmath>

namespace {

namespace policies = boost::math::policies;

// Double arithmetic only (the same on every platform), errors by errno.
using Policy = policies::policy<
    policies::domain_error<policies::errno_on_error>, policies::pole_error<policies::errno_on_error>,
    policies::overflow_error<policies::errno_on_error>, policies::underflow_error<policies::ignore_error>,
    policies::denorm_error<policies::ignore_error>, policies::evaluation_error<policies::errno_on_error>,
    policies::rounding_error<policies::errno_on_error>,
    policies::indeterminate_result_error<policies::errno_on_error>, policies::promote_float<false>,
    policies::promote_double<false>>;

template <class Function>
evidence_status guarded(double *result, Function function) noexcept {
  const int saved = errno;
  errno = 0;
  evidence_status status = evidence_ok;
  try {
    *result = function(Policy());
    if (errno == EDOM || std::isnan(*result)) {
      status = evidence_domain;
    } else if (errno == ERANGE && std::isinf(*result)) {
      status = evidence_range;
    }
  } catch (...) {
    *result = std::nan("");
    status = evidence_failure;
  }
  errno = saved;
  return status;
}

}  // namespace

evidence_status evidence_erfc_inverse(double p, double *result) {
  return guarded(result, [=](Policy policy) { return boost::math::erfc_inv(p, policy); });
}
evidence_status evidence_log_gamma(double x, double *result) {
  return guarded(result, [=](Policy policy) { return boost::math::lgamma(x, policy); });
}
evidence_status evidence_digamma(double x, double *result) {
  return guarded(result, [=](Policy policy) { return boost::math::digamma(x, policy); });
}
evidence_status evidence_trigamma(double x, double *result) {
  return guarded(result, [=](Policy policy) { return boost::math::trigamma(x, policy); });
}
evidence_status evidence_gamma_delta_ratio(double x, double delta, double *result) {
  return guarded(result, [=](Policy policy) { return boost::math::tgamma_delta_ratio(x, delta, policy); });
}
evidence_status evidence_gamma_p(double a, double x, double *result) {
  return guarded(result, [=](Policy policy) { return boost::math::gamma_p(a, x, policy); });
}
evidence_status evidence_gamma_q(double a, double x, double *result) {
  return guarded(result, [=](Policy policy) { return boost::math::gamma_q(a, x, policy); });
}
evidence_status evidence_gamma_p_inverse(double a, double p, double *result) {
  return guarded(result, [=](Policy policy) { return boost::math::gamma_p_inv(a, p, policy); });
}
evidence_status evidence_gamma_q_inverse(double a, double q, double *result) {
  return guarded(result, [=](Policy policy) { return boost::math::gamma_q_inv(a, q, policy); });
}
evidence_status evidence_beta_lower(double a, double b, double x, double *result) {
  return guarded(result, [=](Policy policy) { return boost::math::ibeta(a, b, x, policy); });
}
evidence_status evidence_beta_upper(double a, double b, double x, double *result) {
  return guarded(result, [=](Policy policy) { return boost::math::ibetac(a, b, x, policy); });
}
evidence_status evidence_beta_lower_inverse(double a, double b, double p, double *x, double *y) {
  return guarded(x, [=](Policy policy) { return boost::math::ibeta_inv(a, b, p, y, policy); });
}
evidence_status evidence_beta_upper_inverse(double a, double b, double q, double *x, double *y) {
  return guarded(x, [=](Policy policy) { return boost::math::ibetac_inv(a, b, q, y, policy); });
}
