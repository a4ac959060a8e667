// The shortest decimal of a double, by the Dragonbox library, behind C.
#ifndef EVIDENCE_DRAGONBOX_H
#define EVIDENCE_DRAGONBOX_H
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

// significand × 10^exponent.
typedef struct {
  uint64_t significand;  // at most 17 digits; may end in zeros
  int32_t exponent;
} evidence_decimal;

// Of all decimals that read back to the magnitude of x with the fewest digits, the nearest. x must be finite and not 0.
evidence_decimal evidence_shortest_decimal(double x);

#ifdef __cplusplus
}
#endif
#endif
