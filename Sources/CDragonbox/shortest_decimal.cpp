#include "dragonbox_decimal.h"
// Where it lies: beside other headers, or in a folder of its version as Debian has it.
#if __has_include(<dragonbox/dragonbox.h>)
#include <dragonbox/dragonbox.h>
#elif __has_include(<dragonbox-1.1.3/dragonbox/dragonbox.h>)
#include <dragonbox-1.1.3/dragonbox/dragonbox.h>
#else
#error "Dragonbox is missing: `make setup` installs it (Debian: libdragonbox-dev, Homebrew: dragonbox)"
#endif

extern "C" evidence_decimal evidence_shortest_decimal(double x) {
  const auto decimal = jkj::dragonbox::to_decimal(
      x, jkj::dragonbox::policy::sign::ignore, jkj::dragonbox::policy::trailing_zero::ignore);
  return {decimal.significand, decimal.exponent};
}
