/* expat as the system has it. */
#ifndef EVIDENCE_CEXPAT_H
#define EVIDENCE_CEXPAT_H
#include <expat.h>
#endif
