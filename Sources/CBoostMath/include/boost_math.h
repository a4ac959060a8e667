// Special functions and distributions of Boost.Math behind C: errors by status, never by exception.
#ifndef EVIDENCE_BOOST_MATH_H
#define EVIDENCE_BOOST_MATH_H
#ifdef __cplusplus
extern "C" {
#endif
double evidence_log1p(double x);
#ifdef __cplusplus
}
#endif
#endif
