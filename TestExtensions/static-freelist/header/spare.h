typedef struct cell {
  PyObject_HEAD
  struct cell *next;
} Cell;

static Cell *spare_cells;  // expect: static-freelist

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
