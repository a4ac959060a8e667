/* zlib as the system has it. */
#ifndef EVIDENCE_CZLIB_H
#define EVIDENCE_CZLIB_H
#include <zlib.h>
#endif
