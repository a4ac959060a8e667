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

/* A batch: one specification for many groups of studies. Made once, run as often as wanted, on several threads at once if
 * need be. Nothing in it ever changes. */
typedef struct evidence_batch evidence_batch;

/* Makes a batch from a request:
 *
 *   {"options": {"measure": "GEN", "method": "REML", "inference": "hartung-knapp"}, "columns": ["yi", "vi"]}
 *
 * `options` are those of `evidence batch` that say how to analyse, in the words of evidence_command_create; `jobs` is among
 * them. `columns` are the names at hand; which of them play a role is found as in the header of a file, by role names and
 * usual spellings, or said by the option `map`.
 *
 * On success *batch is the caller's, to be freed with evidence_batch_free, and answer->output says what the batch needs:
 * {"measure": "GEN", "roles": [{"role": "yi", "column": 0, "name": "yi"}, …], "results": ["k", "estimate", …, "status"]}. */
int32_t evidence_batch_create(evidence_bytes request, evidence_batch **batch, evidence_answer *answer);

/* Frees a batch that no thread uses any more. Null is fine. */
void evidence_batch_free(evidence_batch *batch);

/* Where results go: columns of the caller's with a place for every group, or null for what is not wanted. What does not
 * exist is NaN: everything of a group that failed (its k is 0), tau2 of equal effects, heterogeneity of one study. */
typedef struct evidence_results {
  int32_t *k;
  double *estimate, *se, *ci_lower, *ci_upper, *p;
  double *tau2, *i2 /* per cent */, *q, *q_p;
  double *pi_lower, *pi_upper;
  /* 0 ok, 1 no_usable_rows, 2 bad_value, 3 too_few_studies, 4 not_estimable, 5 not_converged */
  int32_t *status;
} evidence_results;

/* Analyses groups of rows.
 *
 * The rows of group g are offsets[g] to offsets[g + 1] - 1; there are `groups` + 1 offsets. columns[c] has `rows` numbers for
 * role c of the batch, in the order that evidence_batch_create told; NaN is a missing value. All of it is the caller's and is
 * only read; nothing is copied where the values can be used as they stand. `results` may be written while the call fails.
 *
 * A group that cannot be analysed gets a status, and answer->output its reason:
 * {"problems": [{"group": 3, "status": "bad_value", "row": 41, "message": "vi = -1, expected a variance of 0 or more"}]}.
 * `row` counts from 0 in the columns. The code is 0 all the same; other codes are for a call that makes no sense. */
int32_t evidence_batch_run(const evidence_batch *batch, size_t groups, const int64_t *offsets, size_t rows,
                           const double *const *columns, size_t column_count, const evidence_results *results,
                           evidence_answer *answer);

/* The Arrow C data interface (arrow.apache.org/docs/format/CDataInterface.html), as every Arrow library has it. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif

/* Analyses nested rows: each row of the table is a group, and each role column a list of numbers (list, large_list or
 * fixed_size_list of any integer or floating type), or a field of a list of structs. Columns are found by the names that
 * evidence_batch_create told. A null list is a group without rows; a null in a list is a missing value. Lists of doubles
 * without nulls are used as they stand.
 *
 * `schema` and `array` are moved: the call releases them, whatever it returns. On success `result_schema` and `result_array`
 * are filled with a table of as many rows (a struct) that the caller owns and releases: k (int32), the doubles of
 * evidence_results, status (utf8: "ok", or a status and its reason). What does not exist is null. Prediction limits are there
 * when the option `prediction` asks for them. On failure both are left released. */
int32_t evidence_batch_run_arrow(const evidence_batch *batch, struct ArrowSchema *schema, struct ArrowArray *array,
                                 struct ArrowSchema *result_schema, struct ArrowArray *result_array,
                                 evidence_answer *answer);

/* Runs a command on an Arrow table as the input named "-": a struct whose columns are integers, floating numbers, booleans,
 * utf8 or large_utf8. The command reads it as CSV with every digit of its numbers, and the report's SHA-256 is that of the
 * CSV. `schema` and `array` are moved: the call releases them, whatever it returns. */
int32_t evidence_command_run_arrow(const evidence_command *command, struct ArrowSchema *schema, struct ArrowArray *array,
                                   evidence_answer *answer);

#ifdef __cplusplus
}
#endif

#endif
