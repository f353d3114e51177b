typedef struct cell {
  PyObject_HEAD
  struct cell *next;
} Cell;

#ifndef Py_GIL_DISABLED
static Cell *spare_cells;

static inline Cell *take_spare(void) {
  Cell *cell = spare_cells;
  if (cell != NULL) {
    spare_cells = cell->next;
  }
  return cell;
}

static inline void keep_spare(Cell *cell) {
  cell->next = spare_cells;
  spare_cells = cell;
}
#else
static inline Cell *take_spare(void) {
  return NULL;
}

static inline void keep_spare(Cell *cell) {
  PyObject_Free(cell);
}
#endif
