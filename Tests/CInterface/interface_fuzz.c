/* Throws random shapes, nulls, lengths and malformed text at the C interface: every answer must be a code, and everything
 * handed over must be given back once. The memory behind pointers is always as large as a well-meant caller's.
 *
 * interface_fuzz [TURNS [SEED]] */
#include "support.h"

static uint64_t state;

static uint64_t random_bits(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

static uint64_t below(uint64_t limit) { return random_bits() % limit; }
static int chance(uint64_t in) { return below(in) == 0; }

static void check_answer(int32_t code, evidence_answer *answer) {
  CHECK(code == answer->code && (code == 0 || code == 1 || (code >= 64 && code <= 74 && code != 70)));
  CHECK(code == 0 || code == 1 || holds(answer->messages, "{\"error\":{"));
  evidence_answer_free(answer);
}

/* Changes some bytes of a text, cuts it, or doubles a part. */
static size_t mutate(uint8_t *bytes, size_t length, size_t room) {
  static const char marks[] = "{}[]\",:;.-+eE0123456789naif\n\r\t\\ \xff";
  for (uint64_t i = below(4); i > 0 && length > 0; i--) {
    size_t place = below(length);
    switch (below(4)) {
      case 0: bytes[place] = (uint8_t)marks[below(sizeof marks - 1)]; break;
      case 1: bytes[place] = (uint8_t)random_bits(); break;
      case 2: length = place; break;
      default: {
        size_t part = below(length - place) + 1;
        if (length + part > room) break;
        memmove(bytes + place + part, bytes + place, length - place);
        length += part;
      }
    }
  }
  return length;
}

static const char *requests[] = {
    "{\"command\": \"pool\", \"arguments\": [\"-\"], \"options\": {\"measure\": \"OR\", \"method\": \"DL\"}}",
    "{\"command\": \"effects\", \"arguments\": [\"-\"], \"options\": {\"measure\": \"RD\", \"level\": 0.9}}",
    "{\"command\": \"nnt\", \"options\": {\"or\": 0.4, \"ci\": [0.2, 0.8], \"baseline-risk\": [0.1, 0.3]}}",
    "{\"command\": \"forest\", \"arguments\": [\"-\"], \"options\": {\"format\": \"svg\", \"measure\": \"RR\"}}",
    "{\"command\": \"bias\", \"arguments\": [\"-\"], \"options\": {\"measure\": \"OR\", \"tests\": [\"egger\"]}}",
    "{\"command\": \"diagnose\", \"arguments\": [\"-\"], \"options\": {\"measure\": \"OR\", \"influence\": true}}",
    "{\"command\": \"convert\", \"arguments\": [\"-\"], \"options\": {\"into\": \"SMD\"}}",
    "{\"command\": \"batch\", \"arguments\": [\"-\"], \"options\": {\"by\": \"study\", \"measure\": \"OR\"}}",
};
static const char table[] = "study,ai,n1i,ci,n2i\n\"One, 1\",4,123,11,139\nTwo,6,306,29,303\nTwo,3,231,11,220\n";

static void fuzz_document(void) {
  uint8_t request[1024], content[1024];
  const char *chosen = requests[below(sizeof requests / sizeof *requests)];
  size_t length = strlen(chosen);
  memcpy(request, chosen, length);
  if (chance(2)) length = mutate(request, length, sizeof request);
  evidence_bytes bytes = {chance(50) ? NULL : request, length};
  evidence_command *command = NULL;
  evidence_answer answer;
  int32_t code = evidence_command_create(bytes, &command, &answer);
  CHECK((code == 0) == (command != NULL));
  check_answer(code, &answer);
  if (!command) return;
  memcpy(content, table, sizeof table - 1);
  size_t size = mutate(content, sizeof table - 1, sizeof content);
  evidence_input input = {text(chance(20) ? "\xff" : "-"), {chance(50) ? NULL : content, size}};
  code = evidence_command_run(command, chance(50) ? NULL : &input, chance(20) ? below(2) : 1, &answer);
  check_answer(code, &answer);
  evidence_command_free(command);
}

static double any_double(void) {
  static const double odd[] = {0.0, -0.0, NAN, INFINITY, -INFINITY, 1e308, 5e-324, -1.0, 1e-300};
  if (chance(12)) return odd[below(sizeof odd / sizeof *odd)];
  return (double)(int64_t)below(2001) / 500.0 - (chance(2) ? 2.0 : 0.0);
}

enum { ROWS = 64, GROUPS = 16 };

static evidence_batch *any_batch(void) {
  static const char *methods[] = {"REML", "DL", "PM", "ML", "EE", "SJ", "HE", "EB"};
  static const char *inferences[] = {"normal", "t", "hartung-knapp", "hartung-knapp-adhoc"};
  char request[256];
  snprintf(request, sizeof request,
           "{\"options\": {\"measure\": \"GEN\", \"method\": \"%s\", \"inference\": \"%s\"%s}, \"columns\": [\"yi\", \"vi\"]}",
           methods[below(8)], inferences[below(4)], chance(3) ? ", \"prediction\": \"riley\"" : "");
  evidence_batch *batch = NULL;
  evidence_answer answer;
  CHECK(evidence_batch_create(text(request), &batch, &answer) == 0);
  evidence_answer_free(&answer);
  return batch;
}

static void fuzz_batch(void) {
  double yi[ROWS], vi[ROWS], results_memory[11][GROUPS];
  int32_t k[GROUPS], status[GROUPS];
  int64_t offsets[GROUPS + 1];
  for (int i = 0; i < ROWS; i++) {
    yi[i] = any_double();
    vi[i] = chance(4) ? any_double() : fabs(any_double()) + 0.01;
  }
  size_t groups = below(GROUPS + 1);
  int64_t end = (int64_t)below(3);
  for (size_t g = 0; g <= groups; g++) {
    offsets[g] = end;
    end += (int64_t)below(6);
    if (offsets[g] > ROWS) offsets[g] = ROWS;
    if (chance(60)) offsets[g] = (int64_t)random_bits();
  }
  const double *columns[] = {chance(40) ? NULL : yi, chance(40) ? NULL : vi};
  evidence_results results = {0};
  double **fields[] = {&results.estimate, &results.se, &results.ci_lower, &results.ci_upper, &results.p, &results.tau2,
                       &results.i2, &results.q, &results.q_p, &results.pi_lower, &results.pi_upper};
  for (int i = 0; i < 11; i++) *fields[i] = chance(4) ? NULL : results_memory[i];
  results.k = chance(4) ? NULL : k;
  results.status = chance(4) ? NULL : status;
  evidence_batch *batch = any_batch();
  evidence_answer answer;
  int32_t code = evidence_batch_run(chance(60) ? NULL : batch, chance(60) ? SIZE_MAX - below(9) : groups,
                                    chance(60) ? NULL : offsets, chance(20) ? below(ROWS) : ROWS,
                                    chance(60) ? NULL : columns, chance(30) ? below(4) : 2,
                                    chance(60) ? NULL : &results, &answer);
  check_answer(code, &answer);
  evidence_batch_free(batch);
}

/* Spoils one thing in one column. */
static void spoil(column *c) {
  static const char *formats[] = {"g", "f", "l", "i", "+l", "+L", "+s", "+w:3", "+w:-1", "u", "U", "z", "", "tdm", "+m"};
  switch (below(9)) {
    case 0: c->schema.format = chance(8) ? NULL : formats[below(sizeof formats / sizeof *formats)]; break;
    case 1: c->schema.name = chance(2) ? NULL : "nobody"; break;
    case 2: c->array.n_buffers = (int64_t)below(5) - 1; break;
    case 3: c->array.buffers = chance(2) ? NULL : c->array.buffers; break;
    case 4: c->buffers[1] = NULL; break;
    case 5: c->array.length = chance(2) ? -(int64_t)below(9) : (int64_t)below((uint64_t)c->array.length + 1); break;
    case 6: c->array.offset = -(int64_t)below(9); break;
    case 7:
      c->array.n_children = c->schema.n_children = (int64_t)below(3) - 1;
      if (c->array.n_children > 0 && chance(2)) c->arrays[0] = NULL;
      break;
    default: c->array.null_count = (int64_t)below(4) - 1; break;
  }
}

static void fuzz_arrow(void) {
  static double yi[ROWS], vi[ROWS];
  static uint8_t bits[ROWS];
  int32_t starts[2 * (GROUPS + 2)] = {0}; /* room for offsets of 64 bits too */
  for (int i = 0; i < ROWS; i++) {
    yi[i] = any_double();
    vi[i] = fabs(any_double());
    bits[i] = (uint8_t)random_bits();
  }
  int64_t rows = (int64_t)below(GROUPS) + 1;
  starts[0] = 0;
  for (int64_t i = 1; i <= rows; i++) starts[i] = starts[i - 1] + (int32_t)below(4);
  nested input;
  make_nested(&input, rows, starts, yi, vi);
  column *all[] = {&input.root, &input.yi, &input.vi, &input.yi_values, &input.vi_values};
  for (int i = 1; i < 5; i++) {
    if (!chance(3)) continue;
    all[i]->buffers[0] = bits;
    all[i]->array.null_count = -1;
  }
  if (chance(8)) starts[below((uint64_t)rows + 1)] = (int32_t)random_bits();
  if (chance(2)) spoil(all[below(5)]);
  struct ArrowSchema schema;
  struct ArrowArray array;
  evidence_answer answer;
  evidence_batch *batch = any_batch();
  int32_t code = evidence_batch_run_arrow(batch, &input.root.schema, &input.root.array, &schema, &array, &answer);
  check_answer(code, &answer);
  CHECK(input.root.schema.release == NULL && input.root.array.release == NULL);
  CHECK((code == 0) == (schema.release != NULL) && (code == 0) == (array.release != NULL));
  if (array.release) array.release(&array);
  if (schema.release) schema.release(&schema);
  evidence_batch_free(batch);
}

int main(int count, char **words) {
  int turns = count > 1 ? atoi(words[1]) : 2000;
  state = count > 2 ? strtoull(words[2], NULL, 10) : 20250601;
  for (int turn = 0; turn < turns; turn++) {
    fuzz_document();
    fuzz_batch();
    fuzz_arrow();
  }
  return report();
}
