/* What evidence.h says, tried: documents, batches, Arrow, and every kind of bad argument. */
#include <pthread.h>

#include "support.h"

static const char table[] = "study,ai,n1i,ci,n2i\nOne,4,123,11,139\nTwo,6,306,29,303\nThree,3,231,11,220\n";

static void test_version(void) {
  CHECK(evidence_abi_version() == EVIDENCE_ABI_VERSION);
  CHECK(strlen(evidence_version()) >= 5);
}

static evidence_command *command(const char *request) {
  evidence_command *made = NULL;
  evidence_answer answer;
  int32_t code = evidence_command_create(text(request), &made, &answer);
  CHECK(code == 0 && made != NULL && answer.code == 0);
  evidence_answer_free(&answer);
  return made;
}

static void test_document(void) {
  evidence_command *pool = command(
      "{\"command\": \"pool\", \"arguments\": [\"-\"], \"options\": {\"measure\": \"OR\", \"format\": \"json\"}}");
  evidence_input input = {text("-"), text(table)};
  evidence_answer first, second;
  CHECK(evidence_command_run(pool, &input, 1, &first) == 0);
  CHECK(holds(first.output, "\"schema\": \"evidence.pool/1\""));
  CHECK(holds(first.output, "\"command\": \"evidence pool - --measure OR --format json\""));
  CHECK(evidence_command_run(pool, &input, 1, &second) == 0);
  CHECK(first.output.length == second.output.length &&
        memcmp(first.output.data, second.output.data, first.output.length) == 0);
  evidence_answer_free(&first);
  evidence_answer_free(&second);
  CHECK(first.owner == NULL && first.output.data == NULL && first.output.length == 0);
  evidence_answer_free(&first); /* again: nothing happens */
  evidence_command_free(pool);

  evidence_command *plot = command(
      "{\"command\": \"forest\", \"arguments\": [\"mine.csv\"], \"options\": {\"measure\": \"RR\", \"format\": \"svg\"}}");
  input.name = text("mine.csv");
  CHECK(evidence_command_run(plot, &input, 1, &first) == 0 && holds(first.output, "<svg"));
  evidence_answer_free(&first);
  evidence_command_free(plot);
}

static void test_document_errors(void) {
  evidence_command *pool = command("{\"command\": \"pool\", \"arguments\": [\"-\"], \"options\": {\"measure\": \"OR\"}}");
  evidence_answer answer;
  evidence_input bad = {text("-"), text("ai,n1i,ci,n2i\n1,2,3,4\n9,2,1,4\n")};
  CHECK(evidence_command_run(pool, &bad, 1, &answer) == 65 && answer.code == 65 && answer.output.length == 0);
  CHECK(holds(answer.messages, "\"line\":3") && holds(answer.messages, "\"column\":\"n1i\""));
  evidence_answer_free(&answer);
  evidence_input twice[2] = {bad, bad};
  CHECK(evidence_command_run(pool, twice, 2, &answer) == 64);
  evidence_answer_free(&answer);
  evidence_input null_content = {text("-"), {NULL, 5}};
  CHECK(evidence_command_run(pool, &null_content, 1, &answer) == 64);
  evidence_answer_free(&answer);
  evidence_input too_long = {text("-"), {(const uint8_t *)table, SIZE_MAX}};
  CHECK(evidence_command_run(pool, &too_long, 1, &answer) == 64);
  evidence_answer_free(&answer);
  CHECK(evidence_command_run(pool, NULL, 1, &answer) == 64);
  evidence_answer_free(&answer);
  CHECK(evidence_command_run(pool, NULL, SIZE_MAX, &answer) == 64);
  evidence_answer_free(&answer);
  CHECK(evidence_command_run(NULL, &bad, 1, &answer) == 64);
  evidence_answer_free(&answer);
  CHECK(evidence_command_run(pool, &bad, 1, NULL) == 65);
  evidence_command_free(pool);
  evidence_command_free(NULL);
  evidence_answer_free(NULL);
}

static void test_requests(void) {
  const char *bad[] = {"", "{", "[]", "{\"command\": 5}", "{\"command\": \"pol\"}", "{\"comand\": \"pool\"}",
                       "{\"command\": \"pool\", \"arguments\": \"bcg\"}", "{\"command\": \"--help\"}",
                       "{\"command\": \"pool\", \"arguments\": [\"bcg\"], \"options\": {\"meathod\": \"DL\"}}",
                       "{\"command\": \"pool\", \"arguments\": [\"bcg\"], \"options\": {\"method\": [[\"DL\"]]}}",
                       "{\"command\": \"pool\", \"arguments\": [\"bcg\"], \"options\": {\"--method\": \"DL\"}}",
                       "\xff\xfe{}"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    evidence_command *made = (evidence_command *)&made;
    evidence_answer answer;
    CHECK(evidence_command_create(text(bad[i]), &made, &answer) == 64 && made == NULL);
    CHECK(holds(answer.messages, "{\"error\":{\"code\":64"));
    evidence_answer_free(&answer);
  }
  evidence_bytes null_with_length = {NULL, 3};
  evidence_command *made;
  CHECK(evidence_command_create(null_with_length, &made, NULL) == 64);
  CHECK(evidence_command_create(text("{\"command\": \"pool\", \"arguments\": [\"bcg\"]}"), NULL, NULL) == 64);
}

static const double yi[] = {0.1, 0.4, 0.3, -0.2, 0.5, 0.25, 0.3, NAN, 0.2};
static const double vi[] = {0.02, 0.03, 0.05, 0.04, 0.1, 0.01, -1.0, 0.1, 0.1};
static const int64_t offsets[] = {0, 3, 6, 7, 8, 9};

static evidence_batch *batch(const char *options) {
  char request[256];
  snprintf(request, sizeof request, "{\"options\": %s, \"columns\": [\"yi\", \"vi\"]}", options);
  evidence_batch *made = NULL;
  evidence_answer answer;
  CHECK(evidence_batch_create(text(request), &made, &answer) == 0 && made != NULL);
  CHECK(holds(answer.output, "{\"role\":\"yi\",\"column\":0,\"name\":\"yi\"}"));
  evidence_answer_free(&answer);
  return made;
}

static void test_batch(void) {
  evidence_batch *own = batch("{\"measure\": \"GEN\", \"method\": \"DL\", \"jobs\": 2}");
  const double *columns[] = {yi, vi};
  double estimate[5], tau2[5];
  int32_t k[5], status[5];
  evidence_results results = {.k = k, .estimate = estimate, .tau2 = tau2, .status = status};
  evidence_answer answer;
  CHECK(evidence_batch_run(own, 5, offsets, 9, columns, 2, &results, &answer) == 0);
  CHECK(k[0] == 3 && k[1] == 3 && k[2] == 0 && k[3] == 0 && k[4] == 1);
  CHECK(status[0] == 0 && status[1] == 0 && status[2] == 2 && status[3] == 1 && status[4] == 0);
  CHECK(estimate[4] == 0.2 && isnan(estimate[2]) && isnan(tau2[4]) && !isnan(tau2[0]));
  CHECK(holds(answer.output, "{\"group\":2,\"status\":\"bad_value\",\"row\":6,"));
  evidence_answer_free(&answer);

  const int64_t falling[] = {0, 3, 2, 7, 8, 9}, negative[] = {-1, 3, 6, 7, 8, 9};
  const double *lacking[] = {yi, NULL};
  CHECK(evidence_batch_run(own, 5, falling, 9, columns, 2, &results, NULL) == 64);
  CHECK(evidence_batch_run(own, 5, negative, 9, columns, 2, &results, NULL) == 64);
  CHECK(evidence_batch_run(own, 5, offsets, 8, columns, 2, &results, NULL) == 64);
  CHECK(evidence_batch_run(own, 5, NULL, 9, columns, 2, &results, NULL) == 64);
  CHECK(evidence_batch_run(own, 5, offsets, 9, NULL, 2, &results, NULL) == 64);
  CHECK(evidence_batch_run(own, 5, offsets, 9, lacking, 2, &results, NULL) == 64);
  CHECK(evidence_batch_run(own, 5, offsets, 9, columns, 1, &results, NULL) == 64);
  CHECK(evidence_batch_run(own, 5, offsets, 9, columns, 2, NULL, NULL) == 64);
  CHECK(evidence_batch_run(own, SIZE_MAX, offsets, 9, columns, 2, &results, NULL) == 64);
  CHECK(evidence_batch_run(NULL, 5, offsets, 9, columns, 2, &results, NULL) == 64);
  CHECK(evidence_batch_run(own, 0, offsets, 9, columns, 2, &results, NULL) == 0);
  evidence_batch_free(own);
  evidence_batch_free(NULL);

  evidence_batch *none;
  CHECK(evidence_batch_create(text("{\"options\": {\"mods\": \"~ x\"}, \"columns\": [\"yi\", \"vi\"]}"), &none, NULL) == 64);
  CHECK(evidence_batch_create(text("{\"options\": {\"measure\": \"OR\"}, \"columns\": [\"yi\"]}"), &none, NULL) == 65);
  CHECK(evidence_batch_create(text("{\"options\": {\"output\": \"x.csv\"}, \"columns\": [\"yi\", \"vi\"]}"), &none, NULL) == 64);
  CHECK(evidence_batch_create(text("{\"options\": {}}"), &none, NULL) == 64);
}

static void test_arrow(void) {
  evidence_batch *own = batch("{\"measure\": \"GEN\", \"inference\": \"hartung-knapp\"}");
  const int32_t starts[] = {0, 3, 6, 7, 8, 9};
  nested input;
  make_nested(&input, 5, starts, yi, vi);
  struct ArrowSchema schema;
  struct ArrowArray array;
  evidence_answer answer;
  CHECK(evidence_batch_run_arrow(own, &input.root.schema, &input.root.array, &schema, &array, &answer) == 0);
  evidence_answer_free(&answer);
  CHECK(live_arrow_structs == 0 && input.root.schema.release == NULL && input.root.array.release == NULL);
  CHECK(strcmp(schema.format, "+s") == 0 && array.length == 5 && array.n_children == schema.n_children);

  double estimate[5];
  evidence_results results = {.estimate = estimate};
  const double *columns[] = {yi, vi};
  CHECK(evidence_batch_run(own, 5, offsets, 9, columns, 2, &results, NULL) == 0);
  CHECK(strcmp(schema.children[1]->name, "estimate") == 0 && strcmp(schema.children[1]->format, "g") == 0);
  const double *exported = array.children[1]->buffers[1];
  CHECK(exported[0] == estimate[0] && exported[4] == estimate[4] && array.children[1]->null_count == 2);
  const uint8_t *valid = array.children[1]->buffers[0];
  CHECK(valid[0] == 0x13);
  const int32_t *words = array.children[array.n_children - 1]->buffers[1];
  const char *letters = array.children[array.n_children - 1]->buffers[2];
  CHECK(memcmp(letters, "ok", 2) == 0 && memcmp(letters + words[2], "bad_value: vi = -1", 18) == 0);

  /* A child that is taken out outlives the rest. */
  struct ArrowArray taken = *array.children[1];
  array.children[1]->release = NULL;
  array.release(&array);
  schema.release(&schema);
  CHECK(array.release == NULL && schema.release == NULL);
  CHECK(((const double *)taken.buffers[1])[0] == estimate[0]);
  taken.release(&taken);

  make_nested(&input, 5, starts, yi, vi);
  input.vi.array.n_buffers = 3;
  CHECK(evidence_batch_run_arrow(own, &input.root.schema, &input.root.array, &schema, &array, NULL) == 64);
  CHECK(live_arrow_structs == 0 && schema.release == NULL && array.release == NULL);
  CHECK(evidence_batch_run_arrow(own, NULL, NULL, &schema, &array, NULL) == 64);
  make_nested(&input, 5, starts, yi, vi);
  CHECK(evidence_batch_run_arrow(NULL, &input.root.schema, &input.root.array, NULL, NULL, NULL) == 64);
  CHECK(live_arrow_structs == 0);
  evidence_batch_free(own);
}

static void test_arrow_document(void) {
  evidence_command *pool = command("{\"command\": \"pool\", \"arguments\": [\"-\"], \"options\": {\"format\": \"json\"}}");
  const int32_t ends[] = {0, 3, 3, 9};
  const float variances[] = {0.5f, 0.25f, 0.125f};
  column root, study, effect, variance;
  make_column(&root, "", "+s", 3, 1, NULL, NULL, 3);
  make_column(&study, "study", "u", 3, 3, ends, "A,1long,er", 0);
  make_column(&effect, "yi", "g", 3, 2, yi, NULL, 0);
  make_column(&variance, "vi", "f", 3, 2, variances, NULL, 0);
  add_child(&root, 0, &study);
  add_child(&root, 1, &effect);
  add_child(&root, 2, &variance);
  evidence_answer answer;
  CHECK(evidence_command_run_arrow(pool, &root.schema, &root.array, &answer) == 0);
  CHECK(holds(answer.output, "\"study\": \"A,1\"") && holds(answer.output, "\"vi\": 0.125") && live_arrow_structs == 0);
  evidence_answer_free(&answer);
  evidence_command_free(pool);
}

/* Two threads, one command and one batch. */
typedef struct shared {
  evidence_command *command;
  evidence_batch *batch;
  int differences;
} shared;

static void *work(void *argument) {
  shared *own = argument;
  evidence_input input = {text("-"), text(table)};
  const double *columns[] = {yi, vi};
  double estimate[5], first = 0;
  evidence_results results = {.estimate = estimate};
  for (int turn = 0; turn < 40; turn++) {
    evidence_answer answer;
    if (evidence_command_run(own->command, &input, 1, &answer) != 0 || !holds(answer.output, "pooled")) own->differences++;
    evidence_answer_free(&answer);
    if (evidence_batch_run(own->batch, 5, offsets, 9, columns, 2, &results, NULL) != 0) own->differences++;
    if (turn == 0) first = estimate[0];
    if (estimate[0] != first) own->differences++;
  }
  return NULL;
}

static void test_threads(void) {
  shared both[2];
  evidence_command *pool = command(
      "{\"command\": \"pool\", \"arguments\": [\"-\"], \"options\": {\"measure\": \"OR\", \"format\": \"json\"}}");
  evidence_batch *own = batch("{\"measure\": \"GEN\"}");
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) {
    both[i] = (shared){pool, own, 0};
    pthread_create(&threads[i], NULL, work, &both[i]);
  }
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  CHECK(both[0].differences == 0 && both[1].differences == 0);
  evidence_command_free(pool);
  evidence_batch_free(own);
}

int main(void) {
  test_version();
  test_document();
  test_document_errors();
  test_requests();
  test_batch();
  test_arrow();
  test_arrow_document();
  test_threads();
  return report();
}
