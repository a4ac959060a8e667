// Prototypes of the Fortran BLAS/LAPACK routines in use. Character arguments carry hidden lengths at the end.
#ifndef EVIDENCE_LAPACK_H
#define EVIDENCE_LAPACK_H
#include <stddef.h>

typedef int lapack_int_t;  // LP64: 32-bit integers, as Debian's and Homebrew's builds have

// Matrix product C := alpha op(A) op(B) + beta C.
void dgemm_(const char *transa, const char *transb, const lapack_int_t *m, const lapack_int_t *n,
            const lapack_int_t *k, const double *alpha, const double *a, const lapack_int_t *lda, const double *b,
            const lapack_int_t *ldb, const double *beta, double *c, const lapack_int_t *ldc, size_t transa_len,
            size_t transb_len);

// Cholesky: factor, solve, inverse, condition.
void dpotrf_(const char *uplo, const lapack_int_t *n, double *a, const lapack_int_t *lda, lapack_int_t *info,
             size_t uplo_len);
void dpotrs_(const char *uplo, const lapack_int_t *n, const lapack_int_t *nrhs, const double *a,
             const lapack_int_t *lda, double *b, const lapack_int_t *ldb, lapack_int_t *info, size_t uplo_len);
void dpotri_(const char *uplo, const lapack_int_t *n, double *a, const lapack_int_t *lda, lapack_int_t *info,
             size_t uplo_len);
void dpocon_(const char *uplo, const lapack_int_t *n, const double *a, const lapack_int_t *lda, const double *anorm,
             double *rcond, double *work, lapack_int_t *iwork, lapack_int_t *info, size_t uplo_len);

// QR with column pivoting; explicit Q.
void dgeqp3_(const lapack_int_t *m, const lapack_int_t *n, double *a, const lapack_int_t *lda, lapack_int_t *jpvt,
             double *tau, double *work, const lapack_int_t *lwork, lapack_int_t *info);
void dorgqr_(const lapack_int_t *m, const lapack_int_t *n, const lapack_int_t *k, double *a, const lapack_int_t *lda,
             const double *tau, double *work, const lapack_int_t *lwork, lapack_int_t *info);

// Triangular matrices: solve, inverse, condition.
void dtrtrs_(const char *uplo, const char *trans, const char *diag, const lapack_int_t *n, const lapack_int_t *nrhs,
             const double *a, const lapack_int_t *lda, double *b, const lapack_int_t *ldb, lapack_int_t *info,
             size_t uplo_len, size_t trans_len, size_t diag_len);
void dtrtri_(const char *uplo, const char *diag, const lapack_int_t *n, double *a, const lapack_int_t *lda,
             lapack_int_t *info, size_t uplo_len, size_t diag_len);
void dtrcon_(const char *norm, const char *uplo, const char *diag, const lapack_int_t *n, const double *a,
             const lapack_int_t *lda, double *rcond, double *work, lapack_int_t *iwork, lapack_int_t *info,
             size_t norm_len, size_t uplo_len, size_t diag_len);

// Symmetric eigenvalues; singular values; symmetric indefinite systems.
void dsyevr_(const char *jobz, const char *range, const char *uplo, const lapack_int_t *n, double *a,
             const lapack_int_t *lda, const double *vl, const double *vu, const lapack_int_t *il,
             const lapack_int_t *iu, const double *abstol, lapack_int_t *m, double *w, double *z,
             const lapack_int_t *ldz, lapack_int_t *isuppz, double *work, const lapack_int_t *lwork,
             lapack_int_t *iwork, const lapack_int_t *liwork, lapack_int_t *info, size_t jobz_len, size_t range_len,
             size_t uplo_len);
void dgesdd_(const char *jobz, const lapack_int_t *m, const lapack_int_t *n, double *a, const lapack_int_t *lda,
             double *s, double *u, const lapack_int_t *ldu, double *vt, const lapack_int_t *ldvt, double *work,
             const lapack_int_t *lwork, lapack_int_t *iwork, lapack_int_t *info, size_t jobz_len);
void dsysv_(const char *uplo, const lapack_int_t *n, const lapack_int_t *nrhs, double *a, const lapack_int_t *lda,
            lapack_int_t *ipiv, double *b, const lapack_int_t *ldb, double *work, const lapack_int_t *lwork,
            lapack_int_t *info, size_t uplo_len);
#endif
