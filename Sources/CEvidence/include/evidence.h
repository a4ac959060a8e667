/* evidence.h: the evidence library for C and for every language that can call C.
 *
 * Functions may be called from any thread and keep nothing between calls. None takes the process down for what it is
 * given: bad arguments are answered by a code and a message. Texts are UTF-8 with a length; no terminating zero is
 * needed. Codes are the exit codes of the `evidence` program: 0 done, 1 the answer is no, 64 bad usage, 65 bad data,
 * 66 input not found, 69 not estimable, 70 a bug of ours, 73 and 74 output that cannot be written.
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows when a function or struct below changes its meaning; evidence_abi_version() tells what the library has. */
#define EVIDENCE_ABI_VERSION 1

/* Bytes that somebody else owns. `data` may be null when `length` is 0. */
typedef struct evidence_bytes {
  const uint8_t *data;
  size_t length;
} evidence_bytes;

/* A table in memory, under the name that the request gives it. The caller owns both; they are read during the call. */
typedef struct evidence_input {
  evidence_bytes name;
  evidence_bytes content;
} evidence_input;

/* What a call gives back. The caller owns the struct, the library the bytes, until evidence_answer_free. A function that
 * takes an answer fills it whatever it returns; what it held before is not looked at. */
typedef struct evidence_answer {
  int32_t code;            /* as the function returns it */
  evidence_bytes output;   /* the report: the very bytes that the program prints */
  evidence_bytes messages; /* warnings, a line each; after a failure its last line is {"error":{…}}, as JSON */
  void *owner;             /* private */
} evidence_answer;

/* Version of the library, such as "0.1.0": a constant, never freed. */
const char *evidence_version(void);

/* EVIDENCE_ABI_VERSION of the library. */
int32_t evidence_abi_version(void);

/* Frees what an answer holds and zeroes it. Null and a zeroed answer are fine. */
void evidence_answer_free(evidence_answer *answer);

/* A command of the program with its options: parsed once, run as often as wanted, on several threads at once if need be.
 * Nothing in it ever changes. */
typedef struct evidence_command evidence_command;

/* Parses a request:
 *
 *   {"command": "pool", "arguments": ["trials.csv"], "options": {"measure": "OR", "tau2-ci": "q-profile"}}
 *
 * The words are the command line's. `arguments` are what stands there without a name: a file, a built-in data set, the
 * name of an input; it may be absent. An option's value is a text or a number; true for a flag (false and null leave it out); an
 * array for a list with commas; an object for role=column pairs. Options come in the order of the object, and the report's
 * provenance names the command line that says the same.
 *
 * On success *command is the caller's, to be freed with evidence_command_free; else it is null and `answer` says why.
 */
int32_t evidence_command_create(evidence_bytes request, evidence_command **command, evidence_answer *answer);

/* Runs a command: the bytes that `evidence` prints for the same words and tables are in answer->output. A name without an
 * input is a file or a built-in data set; "-" without an input is empty. */
int32_t evidence_command_run(const evidence_command *command, const evidence_input *inputs, size_t input_count,
                             evidence_answer *answer);

/* Frees a command that no thread uses any more. Null is fine. */
void evidence_command_free(evidence_command *command);

#ifdef __cplusplus
}
#endif

#endif
