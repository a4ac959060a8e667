#include "boost_math.h"
#include <cmath>
double evidence_log1p(double x) { return std::log1p(x); }
