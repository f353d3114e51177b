// Probes for the lowering of statements. Each function is one question.
int test(void);
int next(int value);
void first(void);
void second(void);
void third(void);
_Noreturn void stop(void);

void if_only(int a) {
  if (a) {
    first();
  }
  second();
}

void if_else(int a) {
  if (a)
    first();
  else
    second();
}

void else_if(int a) {
  if (a == 1)
    first();
  else if (a == 2)
    second();
  else
    third();
}

int dangling_else(int a, int b) {
  if (a)
    if (b)
      return 1;
    else
      return 2;
  return 3;
}

void while_loop(void) {
  while (test()) {
    first();
  }
}

void while_empty(void) {
  while (test());
}

void while_assignment(int a) {
  int b;
  while ((b = next(a)) != 0) a = b;
}

void do_loop(void) {
  do {
    first();
  } while (test());
}

void do_once(int a) {
  do {
    if (a) break;
    first();
  } while (0);
  second();
}

void for_loop(int n) {
  for (int i = 0; i < n; i++) {
    first();
  }
}

void for_without_start(int i) {
  for (; i < 9; i++) first();
}

void for_without_condition(void) {
  for (int i = 0;; i++) {
    if (i == 3) break;
  }
}

void for_without_step(void) {
  for (int i = 0; i < 9;) i = next(i);
}

void for_without_anything(void) {
  for (;;) {
    if (test()) return;
  }
}

void for_two_variables(int n) {
  for (int i = 0, j = n; i < j; i++, j--) first();
}

void break_and_continue(int n) {
  for (int i = 0; i < n; i++) {
    if (i == 1) continue;
    if (i == 2) break;
    first();
  }
}

void break_inner(int n) {
  while (test()) {
    for (;;) {
      if (n) break;
      first();
    }
    second();
  }
}

void switch_cases(int a) {
  switch (a) {
    case 1:
      first();
      break;
    case 2:
    case 3:
      second();
      break;
    default:
      third();
  }
}

void switch_fall_through(int a) {
  switch (a) {
    case 1:
      first();
      /* fall through */
    case 2:
      second();
  }
}

void switch_default_in_the_middle(int a) {
  switch (a) {
    case 1:
      first();
      break;
    default:
      second();
    case 2:
      third();
      break;
  }
}

void switch_without_default(int a) {
  switch (a) {
    case 1:
      first();
  }
  second();
}

void switch_range(int a) {
  switch (a) {
    case 1 ... 5:
      first();
      break;
    case 6:
      second();
  }
}

void switch_nested(int a, int b) {
  switch (a) {
    case 1:
      switch (b) {
        case 1:
          first();
          break;
        default:
          second();
      }
      break;
    case 2:
      third();
  }
}

int switch_returns(int a) {
  switch (a) {
    case 1: return 10;
    case 2: return 20;
    default: return 30;
  }
}

void switch_in_loop(void) {
  while (test()) {
    switch (next(1)) {
      case 1: continue;
      case 2: break;
    }
    first();
  }
}

void switch_into_loop(int n) {
  switch (n % 2) {
    case 0:
      do {
        first();
        case 1:
          second();
      } while (--n > 0);
  }
}

int goto_forward(int a) {
  if (a) goto failed;
  first();
  return 0;
failed:
  second();
  return -1;
}

void goto_backward(void) {
again:
  first();
  if (test()) goto again;
}

void goto_into_block(int a) {
  if (a) goto inside;
  while (test()) {
    first();
  inside:
    second();
  }
}

int goto_computed(int a) {
  static const void *const targets[] = {&&one, &&two};
  goto *targets[a];
one:
  return 1;
two:
  return 2;
}

void label_at_end(int a) {
  if (a) goto end;
  first();
end:;
}

int return_in_branches(int a) {
  if (a) return 1;
  return 2;
}

void return_in_loop(void) {
  while (1) {
    if (test()) return;
    first();
  }
}

int calls_no_return(int a) {
  if (a) return 1;
  stop();
}

void after_no_return(void) {
  stop();
  first();
}

void dead_code(void) {
  return;
  first();
}

void never(void) {
  if (0) first();
  second();
}

void nested_blocks(int a) {
  {
    int b = a;
    {
      int a = b + 1;
      next(a);
    }
  }
  next(a);
}
