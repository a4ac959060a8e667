/* What the tests of the C interface share: counting checks, and Arrow tables made by hand. */
#ifndef EVIDENCE_TEST_SUPPORT_H
#define EVIDENCE_TEST_SUPPORT_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence.h"

static int passed, failed;

#define CHECK(condition)                                                          \
  do {                                                                            \
    if (condition) {                                                              \
      passed++;                                                                   \
    } else {                                                                      \
      failed++;                                                                   \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);     \
    }                                                                             \
  } while (0)

static inline int report(void) {
  printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}

static inline evidence_bytes text(const char *characters) {
  evidence_bytes bytes = {(const uint8_t *)characters, strlen(characters)};
  return bytes;
}

/* Whether bytes hold a text. */
static inline int holds(evidence_bytes bytes, const char *wanted) {
  size_t length = strlen(wanted);
  for (size_t i = 0; bytes.data && i + length <= bytes.length; i++)
    if (memcmp(bytes.data + i, wanted, length) == 0) return 1;
  return 0;
}

/* Arrow columns and schemas that own nothing but themselves and count how often they are released. */
static int live_arrow_structs;

static inline void release_schema(struct ArrowSchema *schema) {
  for (int64_t i = 0; i < schema->n_children && schema->children; i++) {
    if (schema->children[i] && schema->children[i]->release) schema->children[i]->release(schema->children[i]);
  }
  schema->release = NULL;
  live_arrow_structs--;
}

static inline void release_array(struct ArrowArray *array) {
  for (int64_t i = 0; i < array->n_children && array->children; i++) {
    if (array->children[i] && array->children[i]->release) array->children[i]->release(array->children[i]);
  }
  array->release = NULL;
  live_arrow_structs--;
}

typedef struct column {
  struct ArrowSchema schema;
  struct ArrowArray array;
  const void *buffers[3];
  struct ArrowSchema *schemas[4];
  struct ArrowArray *arrays[4];
} column;

static inline void make_column(column *c, const char *name, const char *format, int64_t length, int buffers,
                               const void *first, const void *second, int children) {
  memset(c, 0, sizeof *c);
  c->schema.format = format;
  c->schema.name = name;
  c->schema.n_children = children;
  c->schema.children = c->schemas;
  c->schema.release = release_schema;
  c->array.length = length;
  c->array.n_buffers = buffers;
  c->array.n_children = children;
  c->array.buffers = c->buffers;
  c->array.children = c->arrays;
  c->array.release = release_array;
  c->buffers[1] = first;
  c->buffers[2] = second;
  live_arrow_structs += 2;
}

static inline void add_child(column *parent, int place, column *child) {
  parent->schemas[place] = &child->schema;
  parent->arrays[place] = &child->array;
}

/* A table of lists of yi and vi. */
typedef struct nested {
  column root, yi, vi, yi_values, vi_values;
} nested;

static inline void make_nested(nested *t, int64_t rows, const int32_t *offsets, const double *yi, const double *vi) {
  make_column(&t->root, "", "+s", rows, 1, NULL, NULL, 2);
  make_column(&t->yi, "yi", "+l", rows, 2, offsets, NULL, 1);
  make_column(&t->vi, "vi", "+l", rows, 2, offsets, NULL, 1);
  make_column(&t->yi_values, "item", "g", offsets[rows], 2, yi, NULL, 0);
  make_column(&t->vi_values, "item", "g", offsets[rows], 2, vi, NULL, 0);
  add_child(&t->root, 0, &t->yi);
  add_child(&t->root, 1, &t->vi);
  add_child(&t->yi, 0, &t->yi_values);
  add_child(&t->vi, 0, &t->vi_values);
}

#endif
