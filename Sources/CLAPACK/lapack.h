// Prototypes of the Fortran BLAS/LAPACK routines in use. Character arguments carry hidden lengths at the end.
#ifndef EVIDENCE_LAPACK_H
#define EVIDENCE_LAPACK_H
#include <stddef.h>

typedef int lapack_int_t;  // LP64: 32-bit integers, as Debian's and Homebrew's builds have

void dpotrf_(const char *uplo, const lapack_int_t *n, double *a, const lapack_int_t *lda, lapack_int_t *info,
             size_t uplo_len);
#endif
